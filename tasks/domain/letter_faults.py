"""What keeps a letter back that a row of *Submissions* asks for, and how it is written if nothing does."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tasks.domain.cells import is_blank
from tasks.domain.folding import fold, one_line
from tasks.domain.letter_names import LetterName
from tasks.domain.letter_values import LONGEST_NOTE
from tasks.domain.people import BETWEEN, parse_presenters
from tasks.domain.programme import Columns, Language, Programme
from tasks.domain.scheduling import DECISIONS
from tasks.domain.sentences import Phrase, say
from tasks.domain.submissions import Submission
from tasks.domain.table import Row
from tasks.domain.wording import Wording

AGAINST = {LetterName.accepted: DECISIONS[1], LetterName.declined: DECISIONS[0]}


@dataclass(frozen=True, slots=True)
class LetterRules:
    """The columns of the tab, and the questions of the form.

    ``questions`` maps each folded wording, in any language, and each folded header → the question's name;
    ``important`` are those that the letter about missing answers asks for by itself where they are blank.
    """

    columns: Columns
    questions: Mapping[str, str]
    important: Sequence[str]


@dataclass(frozen=True, slots=True)
class LetterFault:
    """What is wrong, in which column (a field), and what to do."""

    field: str
    what: Phrase
    todo: Phrase


def make_letter_rules(programme: Programme, languages: Mapping[str, Language]) -> LetterRules:
    """What a row is read by."""
    columns, asked = programme.register_.submissions, programme.questions
    headers = {fold(header): name for name, header in columns.columns.items() if name in asked}
    worded = {fold(text): name for one in languages.values() for name, text in one.questions.items()}
    important = [name for name, question in asked.items() if question.important or question.required]
    return LetterRules(columns, {**worded, **headers}, important)


def wording_of(letter: LetterName, row: Row, submission: Submission, rules: LetterRules, preface: str = "") -> Wording:
    """How the letter is written; ``preface`` counts instead of that of the row."""
    cells = row.texts()
    needs_contact, asks = letter is LetterName.welcome, letter is LetterName.missing_answer
    return Wording(
        preface=preface.strip() or cells.get("preface", "").strip(),
        contact=_contact(cells.get("contact", "")) if needs_contact else "",
        questions=_questions(cells.get("missing_question", ""), submission, rules) if asks else (),
    )


def letter_faults(letter: LetterName, row: Row, wording: Wording, rules: LetterRules) -> Iterator[LetterFault]:
    """Everything that keeps the letter back."""
    headers, cells, name = rules.columns.columns, row.texts(), say(letter)
    if letter is LetterName.welcome and not wording.contact:
        header = headers.get("contact", "contact")
        todo = say("letter-contact-todo", letter=name)
        if one_line(cells.get("contact", "")):
            yield LetterFault("contact", say("letter-no-name", column=header, row=row.number), todo)
        else:
            yield LetterFault("contact", say("empty", column=header, row=row.number), todo)
    if letter is LetterName.missing_answer and not wording.questions:
        what = say("empty", column=headers.get("missing_question", "missing_question"), row=row.number)
        yield LetterFault("missing_question", what, say("letter-question-todo", letter=name))
    if fold(cells["decision"]) == fold(AGAINST.get(letter, "")) != "":
        what = say(
            "letter-decision", column=headers["send_letter"], row=row.number, letter=name, decision=AGAINST[letter]
        )
        yield LetterFault("send_letter", what, say("letter-decision-todo"))
    if len(wording.preface) > LONGEST_NOTE:
        header = headers.get("preface", "preface")
        what = say("long-preface", column=header, row=row.number, length=len(wording.preface), limit=LONGEST_NOTE)
        yield LetterFault("preface", what, say("long-preface-todo", letter=name))


def _contact(typed: str) -> str:
    """The name of the first whom the cell names, without an address."""
    return next((one.name for one in parse_presenters(typed, None) if one.name), "")


def _questions(typed: str, submission: Submission, rules: LetterRules) -> tuple[str, ...]:
    """What staff typed, line by line, or else the important questions that are blank."""
    if lines := [line for one in BETWEEN.split(typed) if (line := one_line(one))]:
        return tuple(rules.questions.get(fold(line), line) for line in lines)
    answers = submission.current.answers
    return tuple(name for name in rules.important if is_blank(answers.get(name, "")))
