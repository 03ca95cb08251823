"""Google Meet v2."""
