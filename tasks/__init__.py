"""What a flow can do."""
