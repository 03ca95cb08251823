"""Header values as people read them: RFC 2047 decoded strictly, and addresses taken apart."""

import binascii
import re
from functools import lru_cache

LONGEST_WORD = 75
WORD = re.compile(r"=\?([^?\s]*)\?([^?\s]*)\?([^?\s]*)\?=")
BETWEEN_WORDS = re.compile(r"(?<=\?=)[ \t]+(?==\?)")
ATOMS = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~. -]*"
MAILBOX = re.compile(
    rf'(?:(?:"(?P<quoted>(?:[^"\\]|\\.)*)"|(?P<plain>{ATOMS})) ?<(?P<address>[^<>\s]+)>)|(?P<bare>[^<>\s]+)'
)
ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")


class HeaderError(ValueError):
    """A header value that another program may read otherwise than we do."""


@lru_cache(maxsize=4096)
def decoded(value: str) -> str:
    """The value with its encoded words read. Raises HeaderError for anything that only looks like one."""
    return WORD.sub(_word, BETWEEN_WORDS.sub("", _checked(value))) if "=?" in value else value


def _checked(value: str) -> str:
    if "=?" in WORD.sub(" ", value) or any(not found[3] for found in WORD.finditer(value)):
        raise HeaderError("it has an encoded word that is empty or does not end")
    for found in WORD.finditer(value):
        if len(found[0]) > LONGEST_WORD:
            raise HeaderError(f"it has an encoded word of more than {LONGEST_WORD} characters")
        if not _stands_alone(value, *found.span()):
            raise HeaderError("it has an encoded word that no space separates from what is beside it")
    return value


def _stands_alone(value: str, start: int, end: int) -> bool:
    return value[start - 1 : start] in {"", " ", "\t"} and value[end : end + 1] in {"", " ", "\t"}


def _word(found: re.Match[str]) -> str:
    charset, encoding, text = found[1].lower(), found[2].lower(), found[3]
    try:
        if encoding == "b":
            octets = binascii.a2b_base64(text.encode("ascii"), strict_mode=True)
        elif encoding == "q":
            octets = binascii.a2b_qp(text.encode("ascii"), header=True)
        else:
            raise HeaderError("it has an encoded word in an encoding that RFC 2047 does not know")
        return octets.decode({"utf-8": "utf-8", "us-ascii": "ascii"}[charset])
    except (binascii.Error, KeyError, UnicodeError):
        raise HeaderError("it has an encoded word that cannot be read") from None


def mailbox(value: str) -> tuple[str, str]:
    """Name and address of the only mailbox in a header. Raises HeaderError where there is not exactly one."""
    found = MAILBOX.fullmatch(value.strip())
    if found is None or not ADDRESS.fullmatch(found["address"] or found["bare"]):
        raise HeaderError("it does not hold exactly one plain address")
    if found["quoted"] is not None:
        return re.sub(r"\\(.)", r"\1", found["quoted"]), found["address"]
    return decoded((found["plain"] or "").strip()), found["address"] or found["bare"]
