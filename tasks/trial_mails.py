"""Test mails to one address, by the way that all mail goes, leaving nothing behind that holds up others."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial

from tasks.carry_out import Deed, carry_out
from tasks.chapter import Run
from tasks.domain.budgets import room
from tasks.domain.effects import EffectState, Priority
from tasks.domain.keys import TEST
from tasks.domain.mails import MailKind
from tasks.domain.models import Person
from tasks.domain.samples import USUAL, about_sample, compose_sample
from tasks.domain.trial_letters import as_tests
from tasks.gate import Gate, Letter
from tasks.mail import provider, send

OF_USE = timedelta(hours=1)


async def send_tests(run: Run, to: Person, kinds: Sequence[MailKind], languages: Iterable[str]) -> None:
    """One of each kind and language, as many as the provider takes now; in a rehearsal only say it."""
    settings, ledger = run.services.settings, run.services.ledger
    if not run.reaches(to):
        run.outcome.failed.append("COLAB_MODE is allowlist, and programme.toml does not list this address")
        return
    letters = [letter for language in languages for letter in _letters(run, to, kinds, language)]
    traffic = ledger.outbox.traffic(provider(run), run.now)
    free = room(settings.programme.budget(provider(run)), traffic, Priority.bulk, run.now)
    if len(letters) > free:
        run.outcome.held.append(f"{len(letters) - free} test mails: the provider takes no more now; ask again later")
    gate = Gate(run, letters)
    deeds = [_deed(run, gate, letter) for letter in letters[:free] if gate.rehearse(letter)]
    if run.live:
        ledger.intend([deed.effect for deed in deeds], run.now)
    await carry_out(run, deeds)
    if run.live:
        _forget_unsent(run, deeds)


def _letters(run: Run, to: Person, kinds: Iterable[MailKind], language: str) -> Iterator[Letter]:
    settings, letters = run.services.settings, as_tests(run.services.letters)
    whom = run.services.ledger.identify(to.address_key)
    ref = f"{TEST.upper()}-{run.now:%m%d%H%M%S}-{language.upper()}"  # its own place in calendars, never a session's
    sample = replace(USUAL, address=to.address, ref=ref)
    spoken = settings.languages[language]
    for kind in kinds:
        key = f"{TEST}:{run.now:%Y-%m-%dT%H:%M:%S}:{whom}:{kind}:{language}"
        compose = partial(compose_sample, letters, settings.programme.sender, kind, sample)
        yield Letter(
            key=key,
            ref=TEST,
            words=f"test of {kind.replace('_', ' ')} in {language}",
            to=to,
            compose=partial(compose, key=key, language=spoken, made_at=run.now),
            about=about_sample(kind, sample, language=spoken, made_at=run.now),
            priority=Priority.bulk,
            expires_at=run.now + OF_USE,
        )


def _deed(run: Run, gate: Gate, letter: Letter) -> Deed:
    async def act() -> Mapping[str, str]:
        return {"provider_id": await send(run, gate.written(letter))}

    return Deed(letter.effect, letter.words, act, noted={"provider": provider(run), "person": gate.person(letter)})


def _forget_unsent(run: Run, deeds: Iterable[Deed]) -> None:
    """A test that could not be sent needs nobody's attention: whoever asked for it has seen it fail."""
    keys = [deed.effect.key for deed in deeds]
    for state in (EffectState.failed, EffectState.held, EffectState.ready):
        run.services.ledger.settle_many(keys, state, EffectState.cancelled, run.now)
