"""What the programme knows: pure values and decisions, no Prefect, Google, SQL, settings or clock."""
