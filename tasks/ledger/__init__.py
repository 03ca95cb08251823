"""What has happened: identities seen and effects claimed, in SQL."""
