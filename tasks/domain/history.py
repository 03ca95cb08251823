"""What happened to one submission, in plain words: which fields changed, never what anybody wrote in them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby, pairwise

from tasks.domain.corrected import Correction
from tasks.domain.duplicates.pairs import Pair
from tasks.domain.duplicates.verdict import Outcome
from tasks.domain.effects import Effect, EffectState
from tasks.domain.intake import acknowledgement_of
from tasks.domain.letter_names import letter_of
from tasks.domain.letter_states import letters_among, told_letter
from tasks.domain.lines import ACKNOWLEDGEMENT as STATES
from tasks.domain.submissions import Submission
from tasks.domain.words import Words

ACKNOWLEDGEMENT = {**STATES, EffectState.sending: "acknowledge_uncertain"}
LINES_IN_A_NOTE, LONGEST_LINE = 25, 200


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of a history. ``at`` is UTC, or None for what still stands open or was never timed."""

    at: datetime | None
    words: str

    def line(self, words: Words, zone: str) -> str:
        """``3 Feb 2024 10:02: acknowledgement sent``."""
        return f"{words.moment(self.at, zone)}: {self.words}" if self.at else self.words


@dataclass(frozen=True, slots=True)
class Told:
    """What a history is told from, beside the submission: effects, decisions as (when, what), and pairs with others."""

    effects: Mapping[str, Effect]
    decisions: Sequence[tuple[datetime, str]] = ()
    pairs: Sequence[Pair] = ()


def history(submission: Submission, told: Told, words: Words, headers: Mapping[str, str]) -> list[Happening]:
    """Everything that is known, oldest first; ``headers`` are the names under which staff know the fields."""
    found = [
        *_versions(submission, words, headers),
        *_corrections(submission.corrections, words, headers),
        *(Happening(at, _decided(decision, words)) for at, decision in told.decisions),
        *(one for pair in told.pairs for one in _pair(pair, submission.ref, words)),
        _acknowledgement(submission, told.effects, words),
        *_letters(told.effects, words),
        *_effects(told.effects, words),
    ]
    return sorted(found, key=lambda one: (one.at is None, one.at.timestamp() if one.at else 0))


def note_text(ref: str, happenings: Sequence[Happening], words: Words, zone: str) -> str:
    """The note on the Ref cell: our own first line, then the newest happenings."""
    lines = [one.line(words, zone)[:LONGEST_LINE] for one in happenings]
    left_out = len(lines) - LINES_IN_A_NOTE
    more = [words.tell("more", count=left_out, ref=ref)] if left_out > 0 else []
    return "\n".join([words.history["head"], *more, *lines[-LINES_IN_A_NOTE:]])


def is_our_note(note: str, every: Iterable[Words]) -> bool:
    """Whether a note may be written over: it is empty, or begins with our own first line in some language."""
    return not note.strip() or note.partition("\n")[0].strip() in {words.history["head"] for words in every}


def _decided(decision: str, words: Words) -> str:
    return words.tell("decided", decision=decision) if decision else words.tell("undecided")


def _pair(pair: Pair, ref: str, words: Words) -> Iterator[Happening]:
    other = pair.other(ref)
    yield Happening(
        pair.found_at, words.tell("joined" if pair.verdict.outcome is Outcome.same else "paired", ref=other)
    )
    if pair.ruling and pair.ruled_at:
        yield Happening(pair.ruled_at, words.tell("ruled", ruling=pair.ruling, ref=other))


def _versions(submission: Submission, words: Words, headers: Mapping[str, str]) -> Iterator[Happening]:
    first = submission.versions[0].response
    yield Happening(first.submitted_at, words.tell("received", language=words.language_name(first.language)))
    for older, newer in pairwise(version.response for version in submission.versions):
        fields = [field for field in headers if older.answers.get(field, "") != newer.answers.get(field, "")]
        changed = words.tell("edited", columns=_columns(fields, headers))
        yield Happening(newer.submitted_at, changed if fields else words.tell("sent_unchanged"))


def _corrections(corrections: Iterable[Correction], words: Words, headers: Mapping[str, str]) -> Iterator[Happening]:
    moments = [("correction", one.seen_at, one.field) for one in corrections]
    moments += [("withdrawn", one.withdrawn_at, one.field) for one in corrections if one.withdrawn_at]
    for (name, at), group in groupby(sorted(moments), key=lambda moment: moment[:2]):
        yield Happening(at, words.tell(name, columns=_columns([field for *_, field in group], headers)))


def _columns(fields: Sequence[str], headers: Mapping[str, str]) -> str:
    return ", ".join(header for field, header in headers.items() if field in fields)


def _acknowledgement(submission: Submission, effects: Mapping[str, Effect], words: Words) -> Happening:
    effect = acknowledgement_of(submission, effects)
    if effect is None:
        return Happening(submission.versions[0].seen_at, words.tell("too_old"))
    return Happening(effect.settled_at, words.tell(ACKNOWLEDGEMENT[effect.state]))


def _letters(effects: Mapping[str, Effect], words: Words) -> Iterator[Happening]:
    for key, effect in letters_among(effects).items():
        if letter := letter_of(key):
            yield Happening(effect.settled_at, told_letter(effect, letter, words))


def _effects(effects: Mapping[str, Effect], words: Words) -> Iterator[Happening]:
    for name, prefix in (
        ("event", "event:"),
        ("proposed", "schedule_proposal:"),
        ("invited", "invitation:"),
        ("invited_again", "resend:"),
        ("recorded", "recording:"),
        ("reviewed", "recording_review:"),
    ):
        done = [e for key, e in effects.items() if key.startswith(prefix) and e.state is EffectState.sent]
        if done:
            last = max((effect.settled_at for effect in done if effect.settled_at), default=None)
            yield Happening(last, words.tell(name, count=len(done)))
