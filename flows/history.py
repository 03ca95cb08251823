"""Tells a person at a terminal what happened to one submission."""

import json
import sys

from rich.console import Console
from rich.table import Table

from config.settings import Settings
from tasks.domain.faults import Fault
from tasks.domain.history import Happening
from tasks.histories import Histories
from tasks.services import open_services


def tell_history(settings: Settings, ref: str, *, as_json: bool) -> bool:
    """Print the history in the register's time zone; answers whether there is such a submission.

    Raises SettingsError.
    """
    with open_services(settings) as outside:
        submission = outside.ledger.book().rows.get(ref)
        if submission is None:
            return False
        found = Histories(outside.ledger, settings).of(submission)
        role = settings.programme.register_.spreadsheet
        try:
            zone = outside.sheets.read(role, settings.spreadsheet_id(role)).time_zone
        except Fault:
            zone = "UTC"
    if as_json:
        sys.stdout.write(json.dumps(_object(ref, found, settings, zone), ensure_ascii=False) + "\n")
    else:
        _print(ref, found, settings, zone)
    return True


def _object(ref: str, found: list[Happening], settings: Settings, zone: str) -> dict[str, object]:
    lines = [
        {
            "at": one.at.isoformat(timespec="seconds") if one.at else None,
            "local": settings.words.moment(one.at, zone) if one.at else None,
            "words": one.words,
        }
        for one in found
    ]
    return {"ref": ref, "zone": zone, "history": lines}


def _print(ref: str, found: list[Happening], settings: Settings, zone: str) -> None:
    table = Table(title=f"{ref} · {zone}", title_justify="left", show_header=False)
    for one in found:
        table.add_row(settings.words.moment(one.at, zone) if one.at else "", one.words)
    Console().print(table)
