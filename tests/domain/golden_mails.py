"""What every kind of mail says and shows, kept as files: ``make golden`` writes them anew, and the diff is read."""

from functools import cache
from itertools import product

from config.settings import ROOT
from tasks.domain.mail_identity import MailKind
from tasks.domain.previews import ENDINGS, previews
from tasks.domain.samples import Case
from tests.domain.letter_builders import LANGUAGES, LETTERS, MADE_AT, read
from tests.domain.mail_mutants import HOUSE

FOLDER = ROOT / "tests" / "golden" / "mail"


@cache
def shown(kind, language="en"):
    """All cases of one kind in one language."""
    return list(previews(LETTERS, HOUSE, {language: LANGUAGES[language]}, kinds=[kind], made_at=MADE_AT))


def golden_files(kind, language):
    """Content by file: the text under the headers as people read them, the page, the calendar file."""
    return {
        name: _headers(one.mail) + content if name.endswith(".txt") else content
        for one in shown(kind, language)
        if one.case in kept_cases(kind)
        for name, content in one.files()
        if name.rpartition(".")[2] in ENDINGS.values()
    }


def kept_cases(kind):
    """The invitation as everybody may wish to get it, the others as usual."""
    modes = (Case.minimal, Case.text_only, Case.no_calendar) if kind is MailKind.invitation else ()
    return (Case.usual, *modes)


def _headers(mail):
    shown = (f"{name}: {value}\n" for name, value in read(mail).items() if name != "Content-Type")
    return ("".join(shown) + "\n").encode()


if __name__ == "__main__":
    for kind, language in product(MailKind, LANGUAGES):
        for name, content in golden_files(kind, language).items():
            path = FOLDER / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
