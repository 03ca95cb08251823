"""What a sandbox is filled with at its first start."""
