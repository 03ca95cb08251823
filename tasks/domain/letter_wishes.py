"""Letters that staff ask for with a word in *Submissions*: which of them are to be sent, each once."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from tasks.domain.book import Book
from tasks.domain.cells import excerpt
from tasks.domain.effects import Effect, EffectKind, EffectState
from tasks.domain.headers import nearest
from tasks.domain.letter_faults import LetterRules, letter_faults, wording_of
from tasks.domain.letter_names import OF_SUBMISSIONS, LetterName, meant
from tasks.domain.models import Problem
from tasks.domain.register_rows import RegisterRows
from tasks.domain.sentences import AnyOf, say
from tasks.domain.table import Row
from tasks.domain.wording import Wording
from tasks.domain.words import Words

FIELD = "send_letter"
ABOUT_THE_READER = ("email", "contact_name", "language")


@dataclass(frozen=True, slots=True)
class LetterWish:
    """A letter that the row of ``ref`` asks for, and how it is written."""

    ref: str
    letter: LetterName
    wording: Wording

    @property
    def identity(self) -> str:
        """What the ledger knows the wish by until its cell is empty."""
        return wish_key(self.letter, self.ref)


@dataclass(frozen=True, slots=True)
class LetterWishes:
    """``ready`` can be promised now. ``standing`` are all words that were understood, by ref.

    ``held`` are those that wait for staff; ``problems`` say why, unless another line about the row does.
    """

    ready: tuple[LetterWish, ...] = ()
    standing: Mapping[str, LetterName] = field(default_factory=dict)
    held: Mapping[str, LetterName] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    def over(self, asked: Collection[str], rows: Collection[str]) -> set[str]:
        """The wishes that were acted upon and do not stand in their rows any more."""
        here = {wish_key(letter, ref) for letter in OF_SUBMISSIONS for ref in rows}
        return {*asked} & here - {wish_key(letter, ref) for ref, letter in self.standing.items()}


def wish_key(letter: LetterName, ref: str) -> str:
    """What the ledger knows a word in the row of a ref by."""
    return f"{letter.kind}:{ref}"


def letter_key(letter: LetterName, ref: str, person: str, day: date) -> str:
    """One letter of a kind a person, submission and day."""
    return f"{letter.kind}:{ref}:{person}:{day.isoformat()}"


@dataclass(frozen=True, slots=True)
class LetterReader:
    """Reads the column; ``sheet`` is the name under which staff are told, ``words`` are those of their language."""

    rules: LetterRules
    meaning: Mapping[str, LetterName]
    sheet: str
    words: Words

    def read(
        self, rows: RegisterRows, book: Book, unsure: Collection[tuple[str, str]], asked: Collection[str]
    ) -> LetterWishes:
        """What the rows ask for.

        ``unsure`` are cells (ref, field) that staff have still to mend, ``asked`` the wishes that were acted upon.
        """
        ready: list[LetterWish] = []
        standing: dict[str, LetterName] = {}
        held: dict[str, LetterName] = {}
        problems: list[Problem] = []
        for ref, row in rows.by_ref.items():
            if FIELD not in row.cells or not row.has(FIELD):
                continue
            if (letter := meant(row.text(FIELD), self.meaning)) is None:
                problems.append(self._unknown(ref, row))
                continue
            standing[ref] = letter
            if wish_key(letter, ref) in asked:
                continue
            found = self.problems(letter, ref, row, wording := wording_of(letter, row, book.rows[ref], self.rules))
            problems += found
            if found or ref in rows.doubled or any((book.home[ref], name) in unsure for name in ABOUT_THE_READER):
                held[ref] = letter
            else:
                ready.append(LetterWish(ref, letter, wording))
        return LetterWishes(tuple(ready), standing, held, tuple(problems))

    def problems(self, letter: LetterName, ref: str, row: Row, wording: Wording) -> list[Problem]:
        """Everything that keeps this letter back."""
        headers = self.rules.columns.columns
        return [
            Problem("letter", self.sheet, ref, (one.what,), (one.todo,), row.number, headers.get(one.field, one.field))
            for one in letter_faults(letter, row, wording, self.rules)
        ]

    def _unknown(self, ref: str, row: Row) -> Problem:
        header, typed = self.rules.columns.columns[FIELD], excerpt(row.text(FIELD))
        near = nearest(typed, [self.words.attention[letter] for letter in OF_SUBMISSIONS])
        text = say("nearest-option", text=typed, near=near) if near else say("quote", text=typed)
        what = say("no-letter", column=header, row=row.number, text=text)
        todo = say("no-letter-todo", letters=AnyOf(tuple(say(letter) for letter in OF_SUBMISSIONS)))
        return Problem("letter", self.sheet, ref, (what,), (todo,), row.number, header)


def promised_letters(
    wishes: Iterable[LetterWish],
    book: Book,
    effects: Mapping[str, Mapping[str, Effect]],
    identify: Callable[[str], str],
    today: date,
) -> list[tuple[LetterWish, tuple[Effect, ...]]]:
    """What each wish promises: one mail, or nothing where this person had such a letter today already.

    ``effects`` are by ref and key.
    """
    promised: list[tuple[LetterWish, tuple[Effect, ...]]] = []
    for wish in wishes:
        home = book.home[wish.ref]
        person = identify(book.rows[home].current.person.address_key)
        key = letter_key(wish.letter, home, person, today)
        had = any(_had_today(one, key, person) for one in effects.get(home, {}).values())
        promised.append((wish, () if had else (Effect(key, EffectKind.mail, home),)))
    return promised


def _had_today(effect: Effect, key: str, person: str) -> bool:
    """Also under the key of the address that staff have corrected since it was promised."""
    kind, _, _, day = key.split(":")
    same = effect.key == key or (
        effect.person == person and effect.key.startswith(f"{kind}:") and effect.key.endswith(f":{day}")
    )
    return same and not effect.may_go and effect.state is not EffectState.draft
