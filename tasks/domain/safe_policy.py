"""The e-mail policy of every mail: CRLF, 7-bit, and headers that read back as they were written.

The standard library's folding runs words of long subjects together, encodes References although RFC 2047 section 5
forbids it, and lets an encoded line break in a display name begin a new header (the class of CVE-2024-6923).
It folds messages that were built here, not messages that were parsed.
"""

import re
from email.header import Header
from email.headerregistry import Address, AddressHeader
from email.policy import EmailPolicy
from email.utils import formataddr

LINE = 78
LONGEST_LINE = 998  # RFC 5322 section 2.1.1
PLAIN_SUBJECT = 65  # the longest ASCII subject that is never folded
ENCODED_LINE = 75  # RFC 2047 section 2
NEVER_ENCODED = {
    "auto-submitted",
    "date",
    "in-reply-to",
    "list-unsubscribe",
    "list-unsubscribe-post",
    "message-id",
    "mime-version",
    "references",
    "x-auto-response-suppress",
}
_BREAKS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_INVISIBLE = re.compile(  # direction marks, zero width (not the joiners that scripts need), private use, surrogates
    "[\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\ue000-\uf8ff"
    "\U000e0000-\U000e007f\U000f0000-\U0010ffff]"
)


def clean(text: str) -> str:
    """One line without control, direction or invisible characters, in which nothing reads as an encoded word."""
    if text.isascii() and text.isprintable() and "=?" not in text:
        return " ".join(text.split())
    visible = _INVISIBLE.sub("", _BREAKS.sub(" ", text))
    return re.sub(r"\s+", " ", visible.replace("=?", "= ?")).strip()


def folded(name: str, value: str | Address, linesep: str = "\r\n") -> str:
    """A header that stands before the parts, as lines. Raises ValueError for a value that is not clean."""
    if isinstance(value, Address):
        return _fold_addresses(name, (value,), linesep)
    if name.lower() == "subject":
        return _fold_subject(name, _checked(name, value), linesep)
    return _fold_at_spaces(name, _ascii(name, _checked(name, value)), linesep)


class SafePolicy(EmailPolicy):
    """Raises ValueError for a header value that is not clean; it repairs nothing."""

    def fold(self, name: str, value: str) -> str:
        """The header as lines."""
        if isinstance(value, AddressHeader):
            return _fold_addresses(name, value.addresses, self.linesep)
        if name.lower() in {"subject", *NEVER_ENCODED}:
            return folded(name, value, self.linesep)
        return str(super().fold(name, value))

    def fold_binary(self, name: str, value: str) -> bytes:
        """The header as it goes over the wire."""
        return self.fold(name, value).encode("ascii")


def _checked(name: str, value: str) -> str:
    text = str(value)
    if text != clean(text):
        raise ValueError(f"{name} holds a line break, an invisible character or an encoded word")
    return text


def _ascii(name: str, value: str) -> str:
    if not value.isascii():
        raise ValueError(f"{name} must be ASCII")
    return value


def _fold_subject(name: str, value: str, linesep: str) -> str:
    if not value.isascii():
        return f"{name}: {_encoded(name, value, linesep)}{linesep}"
    if len(value) <= PLAIN_SUBJECT:
        return f"{name}: {value}{linesep}"
    return _fold_at_spaces(name, value, linesep)


def _fold_at_spaces(name: str, value: str, linesep: str) -> str:
    first, *words = value.split(" ")
    lines = [f"{name}: {first}"]
    for word in words:
        if len(lines[-1]) + 1 + len(word) > LINE:
            lines.append("")
        lines[-1] += f" {word}"
    if max(map(len, lines)) > LONGEST_LINE:
        raise ValueError(f"{name} has a word that is too long for a line")
    return linesep.join(lines) + linesep


def _fold_addresses(name: str, addresses: tuple[Address, ...], linesep: str) -> str:
    entries = [_address(name, address, linesep) for address in addresses]
    return f"{name}: " + f",{linesep} ".join(entries) + linesep


def _address(name: str, address: Address, linesep: str) -> str:
    spec = _ascii(name, _checked(name, address.addr_spec))
    display = _checked(name, address.display_name)
    if display.isascii():
        return formataddr((display, spec))
    return f"{_encoded(name, display, linesep)}{linesep} <{spec}>"


def _encoded(name: str, value: str, linesep: str) -> str:
    return Header(value, "utf-8", maxlinelen=ENCODED_LINE, header_name=name).encode(linesep=linesep)


SAFE = SafePolicy(linesep="\r\n", cte_type="7bit", raise_on_defect=False)
