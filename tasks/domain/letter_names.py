"""The letters that staff ask for with a word in a cell, by the words for them."""

from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum

from tasks.domain.folding import fold
from tasks.domain.mail_identity import MailKind
from tasks.domain.words import Words


class LetterName(StrEnum):
    """A letter, by the name of the phrase that staff write and read for it."""

    welcome = "letter-welcome"
    accepted = "letter-accepted"
    declined = "letter-declined"
    missing_answer = "letter-missing_answer"
    schedule_proposal = "letter-schedule_proposal"

    @property
    def kind(self) -> MailKind:
        """The letter itself."""
        return MailKind[self.name]


OF_SUBMISSIONS = (LetterName.welcome, LetterName.accepted, LetterName.declined, LetterName.missing_answer)
OF_SESSIONS = (LetterName.schedule_proposal,)


def letter_of(key: str) -> LetterName | None:
    """Which of these letters the mail with this key is."""
    return LetterName.__members__.get(key.partition(":")[0])


def meanings(words: Iterable[Words], letters: Collection[LetterName]) -> Mapping[str, LetterName]:
    """What each folded word means, in every language that staff may write in, and by our own names."""
    ours = {fold(letter.name.replace("_", " ")): letter for letter in letters}
    return {**ours, **{fold(one.attention[letter]): letter for one in words for letter in letters}}


def meant(text: str, meaning: Mapping[str, LetterName]) -> LetterName | None:
    """The letter that a cell names."""
    return meaning.get(fold(text).rstrip(" .!"))
