"""E-mail addresses as people type them: one that can be written to, or none."""

import re

from email_validator import EmailNotValidError, validate_email

from tasks.domain.folding import INVISIBLE, JOINERS, one_line
from tasks.domain.models import Person

ANGLES = re.compile(r"^(?P<name>[^<>]*)<(?P<address>[^<>]*)>$")
MAILTO = re.compile(r"^mailto:([^?]*).*$", re.IGNORECASE | re.DOTALL)


def person(name: str, typed: str) -> Person | None:
    """Somebody who can be written to; None where the text holds no address, or more than one."""
    try:
        valid = validate_email(_bare(typed), check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError:
        return None
    key = f"{valid.local_part}@{valid.ascii_domain}".lower()
    return Person(one_line(name), f"{valid.local_part}@{valid.domain.lower()}", key)


def raw_key(typed: str) -> str:
    """A comparison form for what is no address."""
    return one_line(typed).lower()


def sendable(somebody: Person) -> str:
    """The address as a mail server takes it: the display form with the domain in ASCII (punycode)."""
    return f"{somebody.address.rpartition('@')[0]}@{somebody.address_key.rpartition('@')[2]}"


def _bare(typed: str) -> str:
    text = JOINERS.sub("", INVISIBLE.sub("", typed)).strip(" \t\r\n\xa0\u202f.,;")
    if (wrapped := ANGLES.match(text)) and ("@" not in wrapped["name"] or _said_twice(**wrapped.groupdict())):
        text = wrapped["address"].strip()
    return MAILTO.sub(r"\1", text).strip()


def _said_twice(name: str, address: str) -> bool:
    return name.strip(" \"'") == address.strip()
