"""What a provider says, fit to be shown: its error texts often hold the address that a mail was for."""

import re

ADDRESS = re.compile(r"\S+@\S+")
LONGEST = 200


def redacted(text: str) -> str:
    """On one line, without addresses, and cut to a readable length."""
    return ADDRESS.sub("…", " ".join(text.split()))[:LONGEST]
