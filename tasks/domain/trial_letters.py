"""Letters that say on every surface that they are a test, for mails that are sent to try things out."""

from dataclasses import replace

from tasks.domain.letter_files import Letter
from tasks.domain.letter_markdown import escaped
from tasks.domain.letters import Letters

MARKED = ("event_summary",)  # the labels that are seen without opening the mail


def as_tests(letters: Letters) -> Letters:
    """The same letters with the word for a test before each subject and event, and a sentence before each text."""
    return replace(
        letters,
        letters={
            (kind, code): _as_test(letter, letters.labels[code]["test"], letters.labels[code]["test_note"])
            for (kind, code), letter in letters.letters.items()
        },
        labels={
            code: {**labels, **{name: f"{labels['test']} {labels[name]}" for name in MARKED}}
            for code, labels in letters.labels.items()
        },
    )


def _as_test(letter: Letter, word: str, sentence: str) -> Letter:
    subject = f"{word} {letter.subject}" if letter.subject else ""
    return replace(letter, subject=subject, body=f"*{escaped(sentence)}*\n\n{letter.body}")
