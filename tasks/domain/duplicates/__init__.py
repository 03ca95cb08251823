"""Which submissions are one (same), may be one (possible), or are two (different)."""
