"""Spaces at which a line must not break, which nobody types into a letter."""

import re

_BEFORE = re.compile(r"(?<=\S) (?=[?!:;»])")
_AFTER = re.compile(r"(?<=«) (?=\S)")


def with_firm_spaces(text: str, language: str) -> str:
    """French sets a space before some marks; at the end of a line it would leave them alone on the next one."""
    return _AFTER.sub("\u00a0", _BEFORE.sub("\u00a0", text)) if language == "fr" else text
