"""The programme as flows: one chapter a file."""
