"""Who calls, with which token, and what that caller may do."""
