"""Contacts from a file become rows of *Members*, each once; who is there already is left as staff have it."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from tasks.chapter import Run
from tasks.domain.addresses import person
from tasks.domain.contact_file import FIELDS, ContactFile, NoContacts, Wording, read_contacts, rows_in_short, wording
from tasks.domain.display import Plan, find_tab
from tasks.domain.lines import row_key
from tasks.domain.member_import import ImportPlan, Standing, decide_import, find_people
from tasks.domain.suppression import Reason
from tasks.domain.table import Row, read_table
from tasks.domain.words import Words
from tasks.sheets import show
from tasks.staff import Staff

WHY_NOT = {
    Reason.bounced: "mail to this address came back: see Needs attention",
    Reason.held: "mail to this address came back: see Needs attention",
    Reason.unsubscribed: "has unsubscribed by mail",
}
DELETED = "was in Members before, and the row was deleted: type it in if that was a mistake"


async def import_contacts(run: Run, staff: Staff, path: Path, label: str, language: str) -> None:
    """Append who is new; say by row and column who is not, and why. Nobody is named."""
    columns, settings = staff.register.members, run.services.settings
    tab, problems = find_tab(staff.book, columns)
    file = _file(run, path, _wording(columns.columns, settings.every_words))
    run.outcome.problems += problems
    if tab is None or file is None:
        run.outcome.failed += [f"the tab {columns.tab} cannot be read: see Needs attention"] if tab is None else []
        return
    people = list(find_people(file, label))
    identify = run.services.ledger.identify
    person_ids = {one.address_key: identify(one.address_key) for _, one in people if one}
    rows = _by_address(read_table(tab, columns.columns).rows)
    standing = Standing(columns, rows, _not_again(run, staff, person_ids), person_ids)
    plan = decide_import(file, people, standing, settings.languages, language)
    _report(run, file, plan, len(people))
    display = Plan(columns, [line for _, line in plan.new], identity="email", owned=()).on(staff.book, staff.shown)
    await show(run, staff.book, [display])


def _file(run: Run, path: Path, known: Wording) -> ContactFile | None:
    try:
        return read_contacts(path.read_bytes(), known)
    except OSError as error:
        run.outcome.failed.append(f"the file cannot be read ({error.strerror})")
    except NoContacts as reason:
        run.outcome.failed.append(str(reason))
    return None


def _wording(columns: Mapping[str, str], words: Iterable[Words]) -> Wording:
    """The headers of our own tab, and those of each language of staff."""
    known = {field: [columns[field]] if field in columns else [] for field in FIELDS}
    for one in words:
        for field in FIELDS:
            known[field] += one.members[f"header-{field}"].split("|")
    return wording(known)


def _by_address(rows: Iterable[Row]) -> dict[str, Row]:
    """Of several rows with one address the first, as a person would look."""
    found: dict[str, Row] = {}
    for row in rows:
        if somebody := person("", row.text("email")):
            found.setdefault(somebody.address_key, row)
    return found


def _not_again(run: Run, staff: Staff, person_ids: Mapping[str, str]) -> dict[str, str]:
    """Who left, or was taken out, does not come back by a file."""
    deleted = {one: DELETED for one in person_ids.values() if row_key("members", one) in staff.shown}
    suppressed = run.services.ledger.suppressions.in_force()
    return deleted | {one.person: WHY_NOT[one.reason] for one in suppressed}


def _report(run: Run, file: ContactFile, plan: ImportPlan, chosen: int) -> None:
    outcome = run.outcome
    outcome.read["contacts"] = len(file.contacts)
    outcome.skipped["without the label"] += len(file.contacts) - chosen
    outcome.skipped["in Members already"] += plan.same + len(plan.changed)
    outcome.done += (
        [f"new in Members: {len(plan.new)}, from {rows_in_short([row for row, _ in plan.new])}"] if plan.new else []
    )
    outcome.held += [*(one.words for one in plan.changed), *(one.words for one in plan.refused)]
    if plan.later:
        outcome.held.append(f"{plan.later} more are new: import the file once more in an hour")
