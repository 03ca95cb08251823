"""Who may see a recording before anybody else: its presenters, each by a permission in Drive and then by a letter."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from tasks.domain.effects import Effect, EffectKind, EffectState
from tasks.domain.invitations import Guest, GuestBook
from tasks.domain.keys import digest
from tasks.domain.models import Problem
from tasks.domain.programme import Columns
from tasks.domain.reviews import FIELD, Review, ReviewReader
from tasks.domain.sentences import Phrase, say

PERMISSION = "permission:"
REVIEW = "recording_review"
GONE = "the file is not in Drive any more, or hidden from us"
MAY_NOT = "we may not share the file"
NOT_LET_IN = "Google lets nobody in under this address"


@dataclass(frozen=True, slots=True)
class Viewer:
    """A presenter, and the recording that staff may want to be looked at."""

    review: Review
    guest: Guest

    @property
    def ref(self) -> str:
        """The session's."""
        return self.review.session.ref

    @property
    def permission(self) -> Effect:
        """What lets this person see the file, once and for all."""
        return Effect(permission_key(self.review.file_id, self.guest.person_id), EffectKind.permission, self.ref)

    @property
    def letter_key(self) -> str:
        """One letter a recording and person."""
        return letter_key(self.ref, self.guest.person_id, self.review.file_id)

    @property
    def number(self) -> int:
        """Where the person stands in the cell of the presenters, counted from 1."""
        people = [one.person.address_key if one.person else "" for one in self.review.session.presenters]
        return people.index(self.guest.person.address_key) + 1

    @property
    def words(self) -> str:
        """One line of a plan."""
        return f"{self.ref}: presenter {self.number} ({self.guest.person_id}) may see the recording"


def permission_key(file_id: str, person_id: str) -> str:
    """One permission a file and person (a keyed hash)."""
    return f"{PERMISSION}{file_id}:{person_id}"


def letter_key(ref: str, person_id: str, file_id: str) -> str:
    """One letter a session, person (a keyed hash) and file."""
    return f"{REVIEW}:{ref}:{person_id}:{digest(file_id)[:12]}"


def parts_of(key: str) -> tuple[str, str]:
    """File and person of a permission."""
    file_id, _, person_id = key.removeprefix(PERMISSION).rpartition(":")
    return file_id, person_id


def viewers_of(reviews: Iterable[Review], book: GuestBook) -> list[Viewer]:
    """The presenters with an address, as the sessions name them now."""
    return [Viewer(review, guest) for review in reviews for guest in book.presenters(review.session)]


def to_be_let_in(viewers: Iterable[Viewer], effects: Mapping[str, Effect], heard: Collection[str]) -> list[Viewer]:
    """Those to whom it was promised and is not done; what this run has ``heard`` promises it also in a rehearsal."""
    return [
        one
        for one in viewers
        if (state := effects[one.permission.key].state if one.permission.key in effects else None) is EffectState.ready
        or (one.review.wish in heard and state in {None, EffectState.failed})
    ]


def to_be_written(viewers: Iterable[Viewer], effects: Mapping[str, Effect]) -> list[Viewer]:
    """Those who may see the recording and have no letter about it yet."""
    return [
        one
        for one in viewers
        if (permission := effects.get(one.permission.key))
        and permission.state is EffectState.sent
        and (one.letter_key not in effects or effects[one.letter_key].may_go)
    ]


def refusals(viewers: Iterable[Viewer], effects: Mapping[str, Effect], reader: ReviewReader) -> list[Problem]:
    """What Google refused: of a whole file told once, of a person for each."""
    told: dict[str, Problem] = {}
    for one in viewers:
        known = effects.get(one.permission.key)
        if known and known.state is EffectState.failed:
            subject, what, todo = _said(one, known.detail, reader.of_sessions)
            row, column = one.review.row, reader.columns.columns[FIELD]
            told[subject] = Problem("not-shared", reader.sheet, subject, (what,), (todo,), row, column)
    return list(told.values())


def _said(viewer: Viewer, detail: str, of_sessions: Columns) -> tuple[str, Phrase, Phrase]:
    file_id, ref, row = viewer.review.file_id, viewer.ref, viewer.review.row
    if detail == GONE:
        return file_id, say("share-gone", ref=ref, row=row), say("share-gone-todo")
    if detail == MAY_NOT:
        return file_id, say("share-may-not", ref=ref, row=row), say("share-may-not-todo")
    what = say("share-not-let-in", number=viewer.number, ref=ref, row=row)
    todo = say("share-not-let-in-todo", column=of_sessions.columns["presenters"], tab=of_sessions.tab)
    return viewer.permission.key, what, todo
