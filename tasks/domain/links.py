"""Links that may stand in mails."""

from urllib.parse import urlsplit


def is_https(link: str) -> bool:
    """Whether it is one https address with a host and nobody's user name in it."""
    try:
        address = urlsplit(link)
    except ValueError:
        return False
    return address.scheme == "https" and bool(address.hostname) and "@" not in address.netloc and link.split() == [link]
