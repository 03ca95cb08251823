"""How Google fails here: which request is struck, with what, and what people do in between."""
