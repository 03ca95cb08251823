"""Decides what is forgotten of safer sessions once they are over; the keys by which nothing is done twice stay."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from tasks.domain.calendar_events import is_over
from tasks.domain.effects import Effect, EffectKind, EffectState
from tasks.domain.models import Session
from tasks.domain.revisions import Revisions
from tasks.domain.told import ABOUT_SESSIONS

GONE = "gone"
"""In place of a provider's id: the copy of the mail was taken out of Sent."""
KEPT = {EffectState.sent, EffectState.bounced}


@dataclass(frozen=True, slots=True)
class Forgetting:
    """Refs whose title, people, answers and wordings are forgotten, and mails whose copies leave Sent."""

    details: tuple[str, ...]
    mails: tuple[Effect, ...]


def decide_forgetting(
    revisions: Revisions,
    safer_rows: Collection[str],
    remembered: Collection[str],
    effects: Mapping[str, Effect],
    now: datetime,
    days: int,
) -> Forgetting:
    """``safer_rows`` are refs whose box is ticked by now; ``remembered`` those with answers of guests, or wordings.

    It is due so many ``days`` after the end that people were told last.
    """
    due = {
        ref
        for ref, history in revisions.items()
        if (ref in safer_rows or history[-1].session.safer) and is_over(history[-1].session, now - timedelta(days=days))
    }
    details = (ref for ref in due if ref in remembered or any(_says_something(one.session) for one in revisions[ref]))
    mails = (effect for effect in effects.values() if effect.ref in due and _has_a_copy(effect))
    return Forgetting(tuple(sorted(details)), tuple(mails))


def bare(session: Session) -> Session:
    """What stays of it: when it was, and that it was a safer one."""
    return replace(session, title="", presenters=(), own_link="", safer=True)


def _says_something(session: Session) -> bool:
    return session != bare(session)


def _has_a_copy(effect: Effect) -> bool:
    about = effect.key.partition(":")[0] in ABOUT_SESSIONS
    return effect.kind is EffectKind.mail and about and effect.state in KEPT and effect.provider_id != GONE
