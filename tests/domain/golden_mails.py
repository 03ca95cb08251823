"""What every kind of mail says and shows, kept as files: ``make golden`` writes them anew, and the diff is read."""

import email
from email import policy

from config.settings import ROOT
from tasks.domain.previews import ENDINGS, previews
from tasks.domain.samples import Case
from tests.domain.letter_builders import LANGUAGES, LETTERS, MADE_AT
from tests.domain.mail_mutants import HOUSE

FOLDER = ROOT / "tests" / "golden" / "mail"


def golden_files():
    """Content by file: the text under the headers as people read them, the page, the calendar file."""
    return {
        name: _headers(preview.mail) + content if name.endswith(".txt") else content
        for preview in previews(LETTERS, HOUSE, LANGUAGES, made_at=MADE_AT)
        if preview.case is Case.usual
        for name, content in preview.files()
        if name.rpartition(".")[2] in ENDINGS.values()
    }


def _headers(mail):
    message = email.message_from_bytes(mail.raw, policy=policy.default)
    shown = (f"{name}: {value}\n" for name, value in message.items() if name != "Content-Type")
    return ("".join(shown) + "\n").encode()


if __name__ == "__main__":
    for name, content in golden_files().items():
        path = FOLDER / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
