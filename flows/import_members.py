"""People from a file are added to *Members*, each once, and nobody is subscribed by that alone."""

from datetime import datetime
from pathlib import Path

from prefect import State, flow

from tasks.chapter import chapter, conclude
from tasks.importing import import_contacts
from tasks.staff import open_register


@flow(name="import-members")
async def import_members(
    file: str, label: str = "", language: str = "", *, now: datetime | None = None, live: bool = False
) -> State:
    """Append the contacts of a file that are not in Members yet; say which rows are new, known, changed or refused.

    Args:
        file: A CSV file on this machine: a table of any program, or an export of Google Contacts.
        label: Only contacts with this label of Google Contacts.
        language: The code of the language for contacts whose row names none; empty leaves the cell to staff.
        now: The clock of the run; empty means the present.
        live: Off means a rehearsal, which only says what would be done.
    """
    async with chapter("import-members", now=now, live=live) as run:
        if staff := await open_register(run):
            await import_contacts(run, staff, Path(file), label, language)
    return conclude(run.outcome)
