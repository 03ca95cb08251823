"""Decides what the rows of the response sheets mean, by comparing sets of keys with what the ledger knows."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from tasks.domain.desk import Desk, Placed
from tasks.domain.duplicates.finding import find_pairs, hold_back, news_of
from tasks.domain.duplicates.pairs import Pair
from tasks.domain.duplicates.replacing import find_replacements
from tasks.domain.duplicates.rules import Rules
from tasks.domain.effects import UNSENT, Effect, EffectKind, EffectState
from tasks.domain.known_answers import Answers, KnownAnswers, recall
from tasks.domain.programme import Limits
from tasks.domain.submissions import Submission, Version

FURTHER = (
    *sorted(UNSENT),
    EffectState.draft,
    EffectState.failed,
    EffectState.held,
    EffectState.ready,
    EffectState.uncertain,
    EffectState.sending,
    EffectState.bounced,
    EffectState.sent,
)


@dataclass(frozen=True, slots=True)
class IntakePlan:
    """New versions to keep, acknowledgements they promise (``retry``: had failed before), and both in words.

    ``pairs`` are submissions that are or may be one, new or better founded than before. ``words`` are those of the
    matcher by which new submissions of one version are found again.
    """

    arrivals: tuple[Version, ...]
    promised: tuple[Effect, ...]
    retry: tuple[str, ...]
    done: tuple[str, ...]
    skipped: Counter[str]
    pairs: tuple[Pair, ...] = ()
    words: Mapping[str, Collection[str]] = field(default_factory=dict)


def acknowledgement_key(ref: str) -> str:
    """One acknowledgement a submission, however often it is sent again."""
    return f"acknowledgement:{ref}"


def promise(ref: str) -> Effect:
    """The acknowledgement of a submission, to be sent."""
    return Effect(acknowledgement_key(ref), EffectKind.mail, ref)


def repeated_key(key: str) -> str:
    """Of an acknowledgement that came back, written to another address: the second, the third, …"""
    _, ref, *number = key.split(":")
    return f"{acknowledgement_key(ref)}:{int(number[0]) + 1 if number else 2}"


def _newest(key: str, effects: Mapping[str, Effect]) -> Effect | None:
    found = None
    while key in effects:
        found, key = effects[key], repeated_key(key)
    return found


def acknowledgement_of(submission: Submission, effects: Mapping[str, Effect]) -> Effect | None:
    """The one acknowledgement of a submission: of several that were joined, the one that has got furthest."""
    keys = [acknowledgement_key(ref) for ref in (submission.ref, *submission.others)]
    mine = [found for key in keys if (found := _newest(key, effects))]
    return max(mine, key=lambda effect: FURTHER.index(effect.state), default=None)


def is_too_old(submitted_at: datetime, now: datetime, limits: Limits) -> bool:
    """Whether nobody expects an acknowledgement any more."""
    return submitted_at < now - timedelta(days=limits.acknowledge_within_days)


def decide_intake(answers: Answers, known: KnownAnswers, rules: Rules, now: datetime, limits: Limits) -> IntakePlan:
    """Compare the sheets with the ledger; the order of rows, sheets and polls does not matter."""
    recalled = recall(answers, known)
    desk = Desk(recalled, known, rules)
    placed = [desk.put(response, now) for response in recalled.news if not desk.knows(response)]
    found = find_pairs([one.version for one in placed], desk, known, rules, now)
    updated = [one.version for one in placed if not one.is_new]
    newcomers = [one.version for one in placed if one.is_new]
    replacements = find_replacements(newcomers, desk, found, rules, now)
    arrived = Counter(one.version.ref for one in placed)
    pairs = news_of(found | replacements, known)
    young = [one for one in newcomers if not is_too_old(one.response.submitted_at, now, limits)]
    held = hold_back(young, pairs, replacements)
    pairs |= {refs: replace(pairs[refs], unacknowledged=ref) for ref, some in held.items() for refs in some}
    skipped = {
        "seen before": sum(map(len, answers.present.values())) - len(placed),
        "not acknowledged again: a newer version": len(updated),
        f"not acknowledged: older than {limits.acknowledge_within_days} days": len(newcomers) - len(young),
        "not acknowledged: the same person's likely duplicate is": len(held),
    }
    return IntakePlan(
        arrivals=tuple(one.version for one in placed),
        promised=tuple(promise(one.ref) for one in young if one.ref not in held),
        retry=tuple(acknowledgement_key(one.ref) for one in updated),
        done=tuple(_words(one) for one in placed) + tuple(_pair_words(pair) for pair in pairs.values()),
        skipped=Counter({reason: count for reason, count in skipped.items() if count}),
        pairs=tuple(pairs.values()),
        words={one.ref: desk.words(one) for one in newcomers if arrived[one.ref] == 1},
    )


def _words(placed: Placed) -> str:
    response = placed.version.response
    what = "registered" if placed.is_new else "newer answers"
    return f"{placed.version.ref}: {what} from row {response.row} of the {response.language} answers"


def _pair_words(pair: Pair) -> str:
    what = "joined" if pair.joined else "possible duplicates"
    return f"{' and '.join(pair.refs)}: {what}"
