"""What Google's discovery documents promise, held against every request and every answer."""
