"""The pages on which people act as members and as staff."""
