"""Gmail v1."""
