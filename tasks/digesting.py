"""The overview for staff: made from the ledger alone, one a period and person."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial

from tasks.chapter import Run
from tasks.delivery import deliver
from tasks.domain.addresses import person
from tasks.domain.conversation_mails import DIGESTS, Digest, compose_digest
from tasks.domain.digests import (
    WEEK,
    ahead_lines,
    begin_of,
    digest_key,
    done_lines,
    invited_by_ref,
    period_of,
    told_until,
    waiting_lines,
)
from tasks.domain.effects import Effect, EffectState
from tasks.domain.letter_values import LONGEST_NOTE
from tasks.domain.mail_expectations import About
from tasks.domain.models import Person
from tasks.domain.untrusted import Untrusted
from tasks.gate import Letter
from tasks.waiting import KINDS


async def send_digests(run: Run) -> None:
    """Write to each address that the settings name, unless there is nothing to say."""
    await deliver(run, list(_letters(run)))


def _letters(run: Run) -> Iterator[Letter]:
    addresses = run.services.settings.programme.digest.addresses
    if not addresses:
        run.outcome.skipped["[digest] in programme.toml names no address"] += 1
        return
    effects = run.services.ledger.effects()
    standing = _standing(run, effects)
    for number, address in enumerate(addresses, start=1):
        to = person("", address)
        if to is None:
            run.outcome.failed.append(f"[digest] in programme.toml: address {number} cannot be written to")
        elif letter := _letter(run, to, number, effects, standing):
            yield letter


def _standing(run: Run, effects: Mapping[str, Effect]) -> Digest:
    """What everybody is told alike: what waits, and what comes."""
    ledger, words = run.services.ledger, run.services.settings.words
    zone = run.services.settings.programme.digest.zone
    sent = [key for key, effect in effects.items() if effect.state is EffectState.sent]
    return Digest(
        waiting_lines(ledger.attention(), len(ledger.outbox.waiting()), words),
        ahead_lines(ledger.sessions.revisions(), invited_by_ref(sent), run.now, zone, words),
    )


def _letter(run: Run, to: Person, number: int, effects: Mapping[str, Effect], standing: Digest) -> Letter | None:
    settings, ledger = run.services.settings, run.services.ledger
    digest, whose = settings.programme.digest, ledger.identify(to.address_key)
    period = period_of(run.now, digest)
    since = told_until(whose, effects, begin_of(period, digest) - WEEK)
    kinds = {prefix: name for prefix, name in KINDS.items() if prefix != "digest"}
    content = replace(standing, done=done_lines(effects, since, kinds, settings.words))
    lines = (*content.waiting, *content.ahead, *content.done)
    if not lines:
        run.outcome.skipped["nothing to say"] += 1
        return None
    key = digest_key(period, whose)
    compose = partial(
        compose_digest,
        run.services.letters,
        settings.programme.sender,
        key=key,
        to=to,
        language=settings.programme.staff_language,
        day=period,
        digest=content,
        made_at=run.now,
    )
    return Letter(
        key=key,
        ref=period.isoformat(),
        words=f"overview of {period.isoformat()} to address {number} of [digest]",
        to=to,
        compose=compose,
        about=About(DIGESTS, typed=tuple(Untrusted(line, LONGEST_NOTE).plain for line in lines)),
        expires_at=begin_of(period, digest) + WEEK,
    )
