"""E-mail addresses as people type them: one that can be written to, or none."""

import re
from functools import lru_cache

from email_validator import EmailNotValidError, validate_email

from tasks.domain.folding import INVISIBLE, JOINERS, one_line
from tasks.domain.models import Person
from tasks.domain.programme import AllowList

ANGLES = re.compile(r"^(?P<name>[^<>]*)<(?P<address>[^<>]*)>$")
PIECES = re.compile(r"\s*[\s,;/|]\s*")
WIDE = str.maketrans({"\uff20": "@", "\ufe6b": "@", "\uff0e": "."})
PLAIN = re.compile(r"(?=.{3,200}$)(?=.{1,64}@)(?P<local>[a-z0-9_+-]+(?:\.[a-z0-9_+-]+)*)@(?P<domain>[a-z0-9.-]+)")
"""Nothing can be wrong with such an address but its domain, which many share."""
DOTS_MEAN_NOTHING = frozenset({"gmail.com", "googlemail.com"})
LONGEST = 1000
MAILTO = re.compile(r"^mailto:([^?]*).*$", re.IGNORECASE | re.DOTALL)


def person(name: str, typed: str) -> Person | None:
    """Somebody who can be written to; None where the text holds no address, or more than one."""
    found = _address(typed) if len(typed) <= LONGEST else None
    return Person(one_line(name[:LONGEST]), *found) if found else None


@lru_cache(maxsize=32_768)
def _address(typed: str) -> tuple[str, str] | None:
    """The display form and the comparison form."""
    bare = _bare(typed)
    if (plain := PLAIN.fullmatch(bare)) is None:
        return _checked(bare)
    known = _at(plain["domain"])
    return (plain["local"] + known[0], plain["local"] + known[1]) if known else None


@lru_cache(maxsize=4096)
def _at(domain: str) -> tuple[str, str] | None:
    """How both forms of an address at this domain end."""
    found = _checked(f"a@{domain}")
    return (found[0][1:], found[1][1:]) if found else None


def _checked(bare: str) -> tuple[str, str] | None:
    try:
        valid = validate_email(bare, check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError:
        return None
    key = f"{valid.local_part}@{valid.ascii_domain}".lower()
    return f"{valid.local_part}@{valid.domain.lower()}", key


def matching_key(address_key: str) -> str:
    """By which two addresses may be one mailbox: without a plus tag, and for Gmail without dots.

    Only for finding candidates: who is written to is decided by ``address_key``, for not every server reads tags so.
    """
    local, _, domain = address_key.rpartition("@")
    mailbox = local.partition("+")[0] or local
    if domain in DOTS_MEAN_NOTHING:
        return f"{mailbox.replace('.', '') or mailbox}@gmail.com"
    return f"{mailbox}@{domain}"


def raw_key(typed: str) -> str:
    """A comparison form for what is no address."""
    return one_line(typed[:LONGEST]).lower()


def sendable(somebody: Person) -> str:
    """The address as a mail server takes it: the display form with the domain in ASCII (punycode)."""
    return f"{somebody.address.rpartition('@')[0]}@{somebody.address_key.rpartition('@')[2]}"


def is_listed(somebody: Person, listed: AllowList) -> bool:
    """Whether the list names this address, or its domain."""
    addresses = {found.address_key for typed in listed.addresses if (found := person("", typed))}
    domain = somebody.address_key.rpartition("@")[2]
    return somebody.address_key in addresses or domain in {one.lower().lstrip("@") for one in listed.domains}


def _bare(typed: str) -> str:
    text = JOINERS.sub("", INVISIBLE.sub("", typed.translate(WIDE))).strip(" \t\r\n\xa0\u202f.,;")
    if (wrapped := ANGLES.match(text)) and ("@" not in wrapped["name"] or _said_twice(**wrapped.groupdict())):
        text = wrapped["address"].strip()
    return _once(MAILTO.sub(r"\1", text).strip())


def _once(text: str) -> str:
    """The address where a cell holds the same one twice."""
    pieces = PIECES.split(text)
    return pieces[0] if len({piece.lower() for piece in pieces}) == 1 and "@" in pieces[0] else text


def _said_twice(name: str, address: str) -> bool:
    return name.strip(" \"'") == address.strip()
