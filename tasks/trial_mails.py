"""Test mails to one address, by the way that all mail goes, leaving nothing behind that holds up others."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial

from tasks.carry_out import Deed, carry_out
from tasks.chapter import Run
from tasks.domain.addresses import is_listed
from tasks.domain.budgets import room
from tasks.domain.effects import Effect, EffectKind, EffectState, Priority
from tasks.domain.faults import Rejected
from tasks.domain.keys import person_id
from tasks.domain.mails import Mail, MailKind
from tasks.domain.models import Person
from tasks.domain.samples import USUAL, compose_sample
from tasks.domain.trial_letters import TEST, as_tests
from tasks.mail import provider, send

OF_USE = timedelta(hours=1)


async def send_tests(run: Run, to: Person, kinds: Sequence[MailKind], languages: Iterable[str]) -> None:
    """One of each kind and language, as many as the provider takes now; in a rehearsal only say it."""
    settings, ledger = run.services.settings, run.services.ledger
    if settings.mode == "allowlist" and not is_listed(to, settings.programme.allowlist):
        run.outcome.failed.append("COLAB_MODE is allowlist, and programme.toml does not list this address")
        return
    deeds = [deed for language in languages for deed in _deeds(run, to, kinds, language)]
    traffic = ledger.outbox.traffic(provider(run), run.now)
    free = room(settings.programme.budget(provider(run)), traffic, Priority.bulk, run.now)
    if len(deeds) > free:
        run.outcome.held.append(f"{len(deeds) - free} test mails: the provider takes no more now; ask again later")
    if run.live:
        ledger.intend([deed.effect for deed in deeds[:free]], run.now)
    await carry_out(run, deeds[:free])
    if run.live:
        _forget_unsent(run, deeds[:free])


def _deeds(run: Run, to: Person, kinds: Iterable[MailKind], language: str) -> Iterator[Deed]:
    settings, letters = run.services.settings, as_tests(run.services.letters)
    whom = person_id(to.address_key, run.services.ledger.secret())
    ref = (
        f"{TEST.upper()}-{run.now:%m%d%H%M%S}-{language.upper()}"  # its own place in calendars; never that of a session
    )
    sample = replace(USUAL, address=to.address, ref=ref)
    for kind in kinds:
        key = f"{TEST}:{run.now:%Y-%m-%dT%H:%M:%S}:{whom}:{kind}:{language}"
        effect = Effect(key, EffectKind.mail, TEST, priority=Priority.bulk, expires_at=run.now + OF_USE)
        words = f"test of {kind.replace('_', ' ')} in {language}"
        compose = partial(
            compose_sample,
            letters,
            settings.programme.sender,
            kind,
            sample,
            key=key,
            language=settings.languages[language],
            made_at=run.now,
        )
        yield Deed(effect, words, partial(_send, run, compose), noted={"provider": provider(run)})


async def _send(run: Run, compose: Callable[[], Mail]) -> Mapping[str, str]:
    try:
        mail = compose()
    except ValueError as error:
        raise Rejected(f"it cannot be written ({error})") from None
    return {"provider_id": await send(run, mail)}


def _forget_unsent(run: Run, deeds: Iterable[Deed]) -> None:
    """A test that could not be sent needs nobody's attention: whoever asked for it has seen it fail."""
    keys = [deed.effect.key for deed in deeds]
    for state in (EffectState.failed, EffectState.ready):
        run.services.ledger.settle_many(keys, state, EffectState.cancelled, run.now)
