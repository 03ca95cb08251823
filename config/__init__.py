"""What organisers and the environment decide."""
