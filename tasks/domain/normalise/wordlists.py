"""Small tables written as plain text: one entry a line, or words between spaces."""


def words(text: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(text.split())


def pairs(text: str) -> dict[str, str]:
    """Lines of ``left = right, right …`` as right → left."""
    lines = (line.partition("=") for line in text.strip().splitlines())
    return {word.strip(): left.strip() for left, _, right in lines for word in right.split(",")}
