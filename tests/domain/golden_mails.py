"""What every kind of mail says and shows, kept as files: ``make golden`` writes them anew, and the diff is read."""

import email
from email import policy
from itertools import product

from config.settings import ROOT
from tasks.domain.mail_identity import MailKind
from tasks.domain.previews import ENDINGS, previews
from tests.domain.letter_builders import LANGUAGES, LETTERS, MADE_AT
from tests.domain.mail_mutants import HOUSE

FOLDER = ROOT / "tests" / "golden" / "mail"


def golden_files(kind, language):
    """Content by file: the text under the headers as people read them, the page, the calendar file."""
    chosen = {language: LANGUAGES[language]}
    [usual, *_] = previews(LETTERS, HOUSE, chosen, kinds=[kind], made_at=MADE_AT)
    return {
        name: _headers(usual.mail) + content if name.endswith(".txt") else content
        for name, content in usual.files()
        if name.rpartition(".")[2] in ENDINGS.values()
    }


def _headers(mail):
    message = email.message_from_bytes(mail.raw, policy=policy.default)
    shown = (f"{name}: {value}\n" for name, value in message.items() if name != "Content-Type")
    return ("".join(shown) + "\n").encode()


if __name__ == "__main__":
    for kind, language in product(MailKind, LANGUAGES):
        for name, content in golden_files(kind, language).items():
            path = FOLDER / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
