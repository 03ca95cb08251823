"""Values as rows of the ledger's tables, and back."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row

from tasks.domain.duplicates.pairs import Pair, Ruling
from tasks.domain.duplicates.verdict import Verdict
from tasks.domain.effects import Effect, EffectKind, EffectState, Priority
from tasks.domain.models import Person, Problem, Response, Severity
from tasks.domain.sentences import from_json, to_json
from tasks.domain.submissions import Attention, Version


def submission_values(version: Version, now: datetime) -> dict[str, Any]:
    return {"ref": version.ref, "language": version.response.language, "created_at": now}


def response_values(version: Version) -> dict[str, Any]:
    response = version.response
    return {
        "key": response.key,
        "fingerprint": response.fingerprint,
        "ref": version.ref,
        "language": response.language,
        "submitted_at": response.submitted_at,
        "seen_at": version.seen_at,
        "name": response.person.name,
        "address": response.person.address,
        "address_key": response.person.address_key,
        "answers": dict(response.answers),
        "codes": {name: list(codes) for name, codes in response.codes.items()},
    }


def version_of(row: Row[Any]) -> Version:
    key, fingerprint, ref, language, submitted_at, seen_at, name, address, address_key, answers, chosen = row
    person, codes = Person(name, address, address_key), {field: tuple(values) for field, values in chosen.items()}
    return Version(ref, Response(key, language, 0, submitted_at, person, answers, codes, fingerprint), seen_at)


def promise_values(effect: Effect, now: datetime) -> dict[str, Any]:
    return {
        "key": effect.key,
        "kind": effect.kind,
        "ref": effect.ref,
        "state": effect.state,
        "priority": effect.priority,
        "not_before": effect.not_before,
        "expires_at": effect.expires_at,
        "created_at": now,
    }


def effect_of(row: Row[Any], boot: str) -> Effect:
    """``boot`` is the start of the machine that we are in."""
    return Effect(
        key=row.key,
        kind=EffectKind(row.kind),
        ref=row.ref,
        state=EffectState(row.state),
        provider_id=row.provider_id,
        detail=row.detail,
        link=row.link,
        attempts=row.attempts,
        priority=Priority(row.priority),
        not_before=row.not_before,
        expires_at=row.expires_at,
        created_at=row.created_at,
        claimed_at=row.claimed_at,
        settled_at=row.settled_at,
        person=row.person,
        since=row.since,
        provider=row.provider,
        held_by=row.held_by,
        released_at=row.released_at,
        note_may_be_lost=row.boot not in {"", boot},
    )


def pair_values(pair: Pair) -> dict[str, Any]:
    one, other = pair.refs
    return {
        "one": one,
        "other": other,
        "outcome": pair.verdict.outcome,
        "band": pair.verdict.band or "",
        "probability": pair.verdict.probability,
        "explanation": pair.verdict.to_json(),
        "rules": pair.verdict.rules,
        "found_at": pair.found_at,
        "unacknowledged": pair.unacknowledged,
        "ruling": pair.ruling or "",
        "ruled_at": pair.ruled_at,
        "parted": pair.parted,
    }


def pair_of(row: Row[Any]) -> Pair:
    return Pair(
        refs=(row.one, row.other),
        verdict=Verdict.from_json(row.explanation),
        found_at=row.found_at,
        unacknowledged=row.unacknowledged,
        ruling=Ruling(row.ruling) if row.ruling else None,
        ruled_at=row.ruled_at,
        parted=row.parted,
    )


def problem_values(problem: Problem) -> dict[str, Any]:
    return {
        "key": problem.key,
        "code": problem.code,
        "severity": problem.severity,
        "sheet": problem.sheet,
        "subject": problem.subject,
        "row": problem.row,
        "column": problem.column,
        "what": to_json(problem.what),
        "todo": to_json(problem.todo),
    }


def attention_of(row: Row[Any]) -> Attention:
    said = (from_json(row.what), from_json(row.todo))
    problem = Problem(row.code, row.sheet, row.subject, *said, row.row, row.column, Severity(row.severity))
    return Attention(problem, row.since, row.solved_at, row.identity)
