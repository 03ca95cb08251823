"""What tests and rehearsals do and see beside the Google protocol."""
