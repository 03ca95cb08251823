"""The checklist that every mail must pass: it reads the very bytes that will be sent, and knows what they must say.

Nothing here knows how mails are made. The checklist and its reasons: reference of the programme on mail, section 9.
"""

from tasks.domain.message_rules.accessible import accessible
from tasks.domain.message_rules.body import body
from tasks.domain.message_rules.calendar_file import calendar_file
from tasks.domain.message_rules.expected import EventFacts, Expected, Finding, House, Rule
from tasks.domain.message_rules.identity import identity
from tasks.domain.message_rules.markup import markup
from tasks.domain.message_rules.privacy import privacy
from tasks.domain.message_rules.reading import UnreadableError
from tasks.domain.message_rules.seen import look_at
from tasks.domain.message_rules.wire import bytes_as_sent, wire

__all__ = ["EventFacts", "Expected", "Finding", "House", "Rule", "findings"]

FAMILIES = (wire, privacy, identity, body, markup, accessible, calendar_file)


def findings(raw: bytes, expected: Expected) -> tuple[Finding, ...]:
    """Every rule that the mail breaks, each finding once."""
    found = list(bytes_as_sent(raw))
    try:
        seen = look_at(raw)
        for family in FAMILIES:
            found += family(seen, expected)
    except UnreadableError as error:
        found.append(Finding(Rule.B1, str(error)))
    return tuple(dict.fromkeys(found))
