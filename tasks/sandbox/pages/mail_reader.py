"""Where the reader of a mailbox lives: as set on its page, else as the staff's list of members says."""

from config.sandbox import spreadsheet_id
from tasks.sandbox.failures import GoogleError
from tasks.sandbox.gmail.mailboxes import Mailbox
from tasks.sandbox.pages.page import PageError
from tasks.sandbox.pages.time_zones import known_zones
from tasks.sandbox.sheets.tabs import Tab


def zone_of(mailbox: Mailbox) -> str:
    """An IANA name; ``""`` for wherever the browser is."""
    return set_zone_of(mailbox) or _members_zone(mailbox)


def set_zone_of(mailbox: Mailbox) -> str:
    """What was set on the page."""
    return str((mailbox.world.store.get("reader", mailbox.address) or {}).get("zone", ""))


def set_zone(mailbox: Mailbox, zone: str) -> None:
    """Let the reader live in a zone; refused for a name that is none."""
    if zone and zone not in known_zones():
        raise PageError("mail.no_zone", zone=zone)
    mailbox.world.store.put("reader", mailbox.address, {"zone": zone})


def _members_zone(mailbox: Mailbox) -> str:
    tab = _members(mailbox)
    if tab is None:
        return ""
    names = mailbox.world.programme.register_.members.columns
    headers = {str(tab.cell(0, column).value): column for column in range(tab.column_count)}
    if names["email"] not in headers or names["time_zone"] not in headers:
        return ""
    for row in range(1, tab.rows_with_data()):
        if str(tab.cell(row, headers[names["email"]]).value).strip().casefold() == mailbox.address:
            zone = str(tab.cell(row, headers[names["time_zone"]]).value or "").strip()
            return zone if zone in known_zones() else ""
    return ""


def _members(mailbox: Mailbox) -> Tab | None:
    register = mailbox.world.programme.register_
    try:
        return mailbox.world.books.get(spreadsheet_id(register.spreadsheet)).titled(register.members.tab)
    except GoogleError:
        return None
