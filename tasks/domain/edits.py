"""Which row of a response sheet is an earlier one, rewritten by the respondent or corrected by staff."""

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Protocol

from tasks.domain.folding import fold, one_line
from tasks.domain.models import Person, Response

FEW = 2
TELLING = ("organisation", "phone")
MOMENT = timedelta(seconds=2)
WORD = re.compile(r"[^\W_]+")


class Remembered(Protocol):
    """What must still be known of a row that is no longer in the sheet; a Response is one."""

    @property
    def language(self) -> str:
        """The form's language."""

    @property
    def person(self) -> Person:
        """Who sent it."""

    @property
    def answers(self) -> Mapping[str, str]:
        """All answers by field."""


def edited(vanished: Remembered, new: Response, *, alone: bool = True) -> bool:
    """Whether a row that appeared while another vanished is the same one, rewritten by the respondent.

    Forms rewrites the row and its time stamp, and leaves a note on the changed answers. If nothing differs but answers
    with a note, the same address is enough, or the name and half of the answers if it was the address that changed.
    Otherwise at least half of what was answered in either is still equal, and so are the numbers in the title (part 2
    is not a new version of part 1) and half of its words, unless hardly anything but the title was changed: another
    proposal of the same person differs in more than that. ``alone``: no other row of that person is gone or new, so
    that nothing else can be meant; otherwise alike titles say nothing.
    """
    if marked_edit(vanished, new):
        return True
    return (
        _same_sender(vanished, new)
        and _numbers(vanished) == _numbers(new)
        and _half_equal(vanished, new)
        and ((alone and _titles_alike(vanished, new)) or len(_different(vanished, new)) <= FEW)
    )


def marked_edit(vanished: Remembered, new: Response) -> bool:
    """Whether nothing differs but what Forms marked as changed, and it is the same person."""
    if not new.noted.issuperset(_different(vanished, new)):
        return False
    return _same_sender(vanished, new) or (_same_name(vanished, new) and _half_equal(vanished, new))


def adopted(one: Response, other: Response) -> bool:
    """Whether a row of the response sheet and a response of the Forms API, or the other way round, are the same one.

    The form's moment is finer than the sheet's; staff may have corrected the row.
    """
    near = abs(one.submitted_at - other.submitted_at) <= MOMENT
    return one.language == other.language and near and (_same_sender(one, other) or _half_equal(one, other))


def readdressed(vanished: Response, new: Response) -> bool:
    """Whether staff corrected the address of a row: it has its form, its time stamp and half of its answers still."""
    same_row = (vanished.language, vanished.submitted_at) == (new.language, new.submitted_at)
    return same_row and _half_equal(vanished, new)


def by_same_person(one: Remembered, other: Remembered) -> bool:
    """Whether both came through one form from one address, or from one name that something else bears out."""
    if _same_sender(one, other):
        return True
    telling = any(_answer(one, field) and _answer(one, field) == _answer(other, field) for field in TELLING)
    return _same_name(one, other) and (telling or _half_equal(one, other))


def differences(one: Remembered, other: Remembered) -> int:
    """How many answers differ."""
    return len(_different(one, other))


def title_words(title: str) -> tuple[str, ...]:
    """The title's words without case, accents and punctuation, in their order."""
    return tuple(WORD.findall(fold(title)))


def _same_sender(one: Remembered, other: Remembered) -> bool:
    return one.language == other.language and one.person.address_key == other.person.address_key


def _same_name(one: Remembered, other: Remembered) -> bool:
    name = fold(_answer(one, "contact_name"))
    return one.language == other.language and bool(name) and name == fold(_answer(other, "contact_name"))


def _numbers(response: Remembered) -> set[str]:
    return {word for word in title_words(_answer(response, "title")) if word.isdigit()}


def _titles_alike(one: Remembered, other: Remembered) -> bool:
    words, others = set(title_words(_answer(one, "title"))), set(title_words(_answer(other, "title")))
    return 2 * len(words & others) >= max(len(words), len(others))


def _half_equal(one: Remembered, other: Remembered) -> bool:
    answered = [field for field in {*one.answers, *other.answers} if _answer(one, field) or _answer(other, field)]
    return bool(answered) and 2 * len(_different(one, other)) <= len(answered)


def _different(one: Remembered, other: Remembered) -> list[str]:
    return [field for field in {*one.answers, *other.answers} if _answer(one, field) != _answer(other, field)]


def _answer(response: Remembered, field: str) -> str:
    return one_line(response.answers.get(field, ""))
