"""The quotas per minute, counted by the sandbox's clock."""
