"""Who a mail is from and for, and what Gmail says of addresses that are none."""

import re
from collections.abc import Collection
from email.utils import formataddr, getaddresses

from tasks.sandbox.failures import invalid
from tasks.sandbox.gmail.headers import decoded, fields, values, with_first, with_instead

RECIPIENTS = ("To", "Cc", "Bcc")
MOST_RECIPIENTS = 100
ADDRESS = re.compile(r"""("[^"\r\n]+"|[^\s@<>()\[\],;:\\"]+)@([\w-]+\.)+[\w-]{2,}""")
EMPTY_GROUP = re.compile(r"[^@:;]*:\s*;?\s*")


def recipients(data: bytes) -> list[str]:
    """Every address in To, Cc and Bcc, each once."""
    found = (address for name in RECIPIENTS for address in _addresses(data, name))
    return list({address.casefold(): address for address in found if "@" in address}.values())


def check_addresses(data: bytes) -> None:
    """400 for a field with something in it that is no address."""
    for name in RECIPIENTS:
        if not all(ADDRESS.fullmatch(address) for address in _addresses(data, name)):
            raise invalid(f"Invalid {name} header", "invalidArgument")


def check_recipients(data: bytes) -> None:
    """400 for a mail to nobody, or to more than one message may go to by the API."""
    check_addresses(data)
    if not (found := recipients(data)):
        raise invalid("Recipient address required", "invalidArgument")
    if len(found) > MOST_RECIPIENTS:
        raise invalid(f"Too many recipients: {len(found)}, at most {MOST_RECIPIENTS}.", "invalidArgument")


def from_one_of(data: bytes, allowed: Collection[str], name: str, address: str) -> bytes:
    """The mail with a From that the mailbox may use; what stood there moves to ``X-Google-Original-From``."""
    given = values(data, "From")
    if not given:
        return with_first(data, ("From", formataddr((name, address))))
    found = getaddresses(given)
    if len(found) == 1 and found[0][1].casefold() in allowed:
        return data
    said = formataddr((decoded(found[0][0]), address)) if len(found) == 1 else address
    return with_instead(data, "From", ("From", said), ("X-Google-Original-From", given[0]))


def address_in(text: str) -> str:
    """The first address of a field, ``""`` when there is none."""
    return next((address for _, address in getaddresses([text]) if "@" in address), "")


def named(text: str) -> str:
    """How a list of mails calls the people of a field: by their names, else by their addresses."""
    pairs = getaddresses([re.sub(r"[\r\n]+", " ", text)])
    return ", ".join(name or address for name, address in pairs if name or address)


def _addresses(data: bytes, name: str) -> list[str]:
    given = [value for value in values(data, name) if value and not EMPTY_GROUP.fullmatch(value)]
    return [address for _, address in getaddresses(given)]


def shown_fields(data: bytes) -> list[tuple[str, str]]:
    """Every field of the head, decoded."""
    return [(name, decoded(value)) for name, value in fields(data)]
