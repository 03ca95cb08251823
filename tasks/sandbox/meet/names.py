"""Ids of Meet's resources."""

import hashlib


def identifier(*parts: object) -> str:
    """An id that looks like Google's and is the same for the same parts."""
    return hashlib.sha256(":".join(map(str, parts)).encode()).hexdigest()[:28]


def code_of(seed: str) -> str:
    """A meeting code, ``abc-defg-hij``, the same for the same seed."""
    letters = "".join(chr(ord("a") + byte % 26) for byte in hashlib.sha256(seed.encode()).digest()[:10])
    return f"{letters[:3]}-{letters[3:7]}-{letters[7:]}"
