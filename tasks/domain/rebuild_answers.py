"""Which answers belong to which row of *Submissions*, when nothing is left but the sheets themselves."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import islice

from tasks.domain.addresses import person, raw_key
from tasks.domain.corrected import LANGUAGE, Correction, shown_answer
from tasks.domain.corrections import differs
from tasks.domain.corrections_checked import Rules, check_cell
from tasks.domain.duplicates.proposal import Proposal, proposal_of
from tasks.domain.duplicates.rules import Rules as Matching
from tasks.domain.duplicates.screening import is_same
from tasks.domain.edits import edited, readdressed
from tasks.domain.folding import one_line
from tasks.domain.keys import digest, possible_refs
from tasks.domain.known_answers import ref_source
from tasks.domain.models import Person, Response
from tasks.domain.options import read_choice
from tasks.domain.submissions import Version
from tasks.domain.table import Row

LOOKED_AT = 4  # so many refs are tried for an answer: another submission may have had the first of them


@dataclass(slots=True)
class Placed:
    """``answers`` are the responses of each ref, ``unplaced`` those that no row of the register shows."""

    answers: dict[str, list[Response]] = field(default_factory=lambda: defaultdict(list))
    unplaced: list[Response] = field(default_factory=list)


def place_answers(
    rows: Mapping[str, Row], responses: Iterable[Response], rules: Rules, matching: Matching, now: datetime
) -> Placed:
    """Find the row (by ref) of each response: by the ref that it had to get, else by what the row shows."""
    shown = {ref: shown_response(ref, row, rules, now) for ref, row in rows.items()}
    placed = Placed()
    others = []
    for response in sorted(responses, key=lambda one: (one.submitted_at, one.key)):
        refs = islice(possible_refs(ref_source(response)), LOOKED_AT)
        if ref := next((ref for ref in refs if ref in rows and ref not in placed.answers), ""):
            placed.answers[ref].append(response)
        else:
            others.append(response)
    _place_by_content(others, shown, placed, matching)
    return placed


def shown_response(ref: str, row: Row, rules: Rules, now: datetime) -> Response:
    """The answers as a row of the register shows them, with a key of their own."""
    answers = {name: row.text(name) if name in row.cells else "" for name in rules.questions}
    name, address = answers["contact_name"], answers["email"]
    code = row.text(LANGUAGE).strip()
    language = rules.languages.get(code) or next(iter(rules.languages.values()))
    closed = {n: question for n, question in rules.questions.items() if question.kind in {"choice", "checkboxes"}}
    return Response(
        key=digest(f"register:{ref}"),
        language=language.code,
        row=row.number,
        submitted_at=_received(row) or now,
        person=person(name, address) or Person(one_line(name), address, raw_key(address)),
        answers=answers,
        codes={n: read_choice(answers[n], n, question, language).codes for n, question in closed.items()},
        fingerprint=digest(json.dumps(answers, sort_keys=True)),
    )


def versions_of(ref: str, row: Row, answers: Sequence[Response], rules: Rules, now: datetime) -> Iterator[Version]:
    """The versions of a submission. Where the sheet holds only an edited one, the register knows when it began."""
    shown = shown_response(ref, row, rules, now)
    if not answers or shown.submitted_at < min(one.submitted_at.replace(second=0, microsecond=0) for one in answers):
        yield Version(ref, shown, now)
    for response in answers:
        yield Version(ref, response, now)


def corrections_in(
    ref: str, row: Row, answers: Sequence[Response], rules: Rules, now: datetime, joined: Sequence[Response] = ()
) -> Iterator[Correction]:
    """What the register says and no answer does: it was typed by staff, and wins. ``joined`` are others' answers."""
    if not answers:
        return
    newest = max(answers, key=lambda one: one.submitted_at)
    for name in rules.fields:
        checked = check_cell(name, row, rules)
        said = {shown_answer(response, name) for response in (*answers, *joined)}
        if not checked.what and differs(checked.value, shown_answer(newest, name)) and row.text(name) not in said:
            yield Correction(ref, name, checked.value, now, checked.codes)


def _place_by_content(
    others: Sequence[Response], shown: Mapping[str, Response], placed: Placed, matching: Matching
) -> None:
    versions = {
        ref: [proposal_of(ref, one) for one in (row, *placed.answers.get(ref, ()))]
        for ref, row in (shown.items() if others else ())
    }
    for response in others:
        mine = proposal_of("", response)
        ref = _ref_showing(response, shown) or _ref_of_same(mine, versions, matching)
        if ref := ref or _ref_of_edited(response, shown, placed):
            placed.answers[ref].append(response)
            versions[ref].append(mine)
        else:
            placed.unplaced.append(response)


def _ref_showing(response: Response, shown: Mapping[str, Response]) -> str:
    refs = (ref for ref, row in shown.items() if row.language == response.language and row.answers == response.answers)
    return next(refs, "")


def _ref_of_same(mine: Proposal, versions: Mapping[str, Sequence[Proposal]], matching: Matching) -> str:
    """The submission of which intake would have made it a version."""
    refs = (ref for ref, others in versions.items() if any(is_same(mine, other, matching) for other in others))
    return next(refs, "")


def _ref_of_edited(response: Response, shown: Mapping[str, Response], placed: Placed) -> str:
    free = ((ref, row) for ref, row in shown.items() if not placed.answers.get(ref))
    return next((ref for ref, row in free if edited(row, response) or _readdressed(row, response)), "")


def _readdressed(shown: Response, response: Response) -> bool:
    """The register knows only the minute."""
    return readdressed(shown, replace(response, submitted_at=response.submitted_at.replace(second=0, microsecond=0)))


def _received(row: Row) -> datetime | None:
    try:
        return datetime.strptime(row.text("received").strip(), "%Y-%m-%d %H:%M").replace(tzinfo=UTC)
    except ValueError:
        return None
