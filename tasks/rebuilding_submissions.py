"""Gathers what a lost ledger held of submissions: versions, corrections, acknowledgements."""

import re
from collections.abc import Sequence

from tasks.answers import gather_answers
from tasks.domain.addresses import sendable
from tasks.domain.duplicates.pairs import joined_groups
from tasks.domain.faults import Fault
from tasks.domain.intake import acknowledgement_key
from tasks.domain.keys import choose_ref, is_ref
from tasks.domain.known_answers import ref_source
from tasks.domain.mail_identity import thread_root, token
from tasks.domain.models import Response
from tasks.domain.rebuild_answers import corrections_in, place_answers, shown_response, versions_of
from tasks.domain.rebuild_effects import (
    acknowledged,
    acknowledgement_in,
    row_shown,
)
from tasks.domain.submissions import Version
from tasks.domain.table import Row
from tasks.rebuilding import Rebuilding
from tasks.rebuilding_tabs import pairs_standing
from tasks.steps import step

WORD = re.compile(r"\w+")


async def find_submissions(work: Rebuilding) -> None:
    """Submissions with their versions, corrections and acknowledgements, from the register and the answers."""
    columns = work.staff.register.submissions
    rows: dict[str, Row] = {}
    for row in work.rows(columns):
        if is_ref(ref := row.text("ref").strip()):
            rows.setdefault(ref, row)
    gathered = await gather_answers(work.run)
    answers = [response for group in gathered.answers.present.values() for response in group]
    placed = place_answers(rows, answers, work.rules, work.run.services.settings.rules, work.run.now)
    groups = joined_groups(pairs_standing(work))
    for ref, row in rows.items():
        mine = placed.answers.get(ref, [])
        work.found.versions += versions_of(ref, row, mine, work.rules, work.run.now)
        joined = [one for other in groups.get(ref, ()) if other != ref for one in placed.answers.get(other, ())]
        corrections = list(corrections_in(ref, row, mine, work.rules, work.run.now, joined))
        work.found.corrections += corrections
        if corrections:
            names = ", ".join(columns.columns[one.field] for one in corrections)
            work.run.outcome.done.append(f"{ref}: the register's own {names} will count, not the form's")
        work.found.add([row_shown("submissions", ref, ref, work.staff.book.name)])
        await _find_acknowledgement(work, ref, row)
    await _place_others(work, rows, placed.unplaced)
    work.run.outcome.done.append(f"submissions: {len(rows)}, with {len(work.found.versions)} versions of answers")


async def _find_acknowledgement(work: Rebuilding, ref: str, row: Row) -> None:
    told = acknowledgement_in(ref, row, work.every, work.zone)
    if told is not None:
        work.found.add(told)
        return
    message_id = await sent_message(work, ref)
    work.found.add([acknowledged(ref, None, message_id)])
    if not message_id:
        code = token(acknowledgement_key(ref))
        work.run.outcome.held.append(f"{ref}: acknowledged or not? Sent does not show {code}; it is taken as done")


@step("look for the acknowledgement of {ref}")
async def sent_message(work: Rebuilding, ref: str) -> str:
    """The id of the acknowledgement in Sent, or ``""``."""
    try:
        return work.run.services.gmail.find_sent(token(acknowledgement_key(ref))) or ""
    except Fault as fault:
        work.run.outcome.failed.append(fault.reason)
        return ""


async def _place_others(work: Rebuilding, rows: dict[str, Row], unplaced: Sequence[Response]) -> None:
    """Answers without a row: those whose row staff deleted are done; those that came in since are left to intake."""
    now, taken = work.run.now, set(rows)
    shown = [shown_response(ref, row, work.rules, now).submitted_at for ref, row in rows.items()]
    for response in unplaced:
        where = f"row {response.row} of the {response.language} answers"
        ref, message_id = await earlier_ref(work, response, frozenset(taken))
        if not message_id and shown and response.submitted_at > max(shown):
            work.run.outcome.held.append(f"{where} came in since: the next intake registers and acknowledges it")
            continue
        taken.add(ref)
        work.found.versions.append(Version(ref, response, now))
        work.found.add([row_shown("submissions", ref, ref, work.staff.book.name)])
        work.found.add([acknowledged(ref, None, message_id)])
        work.run.outcome.done.append(f"{ref}: {where}, whose row in Submissions was deleted, will stay deleted")


@step("look for the ref of an answer without a row")
async def earlier_ref(work: Rebuilding, response: Response, taken: frozenset[str]) -> tuple[str, str]:
    """The ref of an answer, and its acknowledgement in Sent or ``""``.

    The first content of the answer made the ref; of one that was edited since, only the person's mail knows it.
    """
    gmail, ref = work.run.services.gmail, choose_ref(ref_source(response), taken.__contains__)
    domain = work.run.services.settings.programme.sender.domain
    try:
        if message_id := gmail.find_sent(token(acknowledgement_key(ref))):
            return ref, message_id
        for mail in gmail.sent_to(sendable(response.person)):
            for other in filter(is_ref, WORD.findall(mail.subject)):
                if other not in taken and thread_root(other, response.person, domain) in mail.references:
                    return other, mail.message_id
    except Fault as fault:
        work.run.outcome.failed.append(fault.reason)
    return ref, ""
