"""Google Sheets v4."""
