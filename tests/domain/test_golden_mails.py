"""No mail changes unseen: each is compared with the files in tests/golden that were looked at when it last changed."""

import pytest

from tasks.domain.mail_identity import NATURE, MailKind
from tests.domain.golden_mails import FOLDER, golden_files
from tests.domain.letter_builders import LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", MailKind)
def test_a_mail_is_as_it_was_when_somebody_looked_at_it(kind, language):
    for name, content in golden_files(kind, language).items():
        golden = FOLDER / name

        assert golden.is_file(), f"{name} is new; if it is meant to be there: make golden"
        assert content.decode() == golden.read_bytes().decode(), "changed; if that is meant: make golden, read the diff"


def test_there_is_a_golden_mail_of_every_kind_in_every_language_and_none_is_left_over():
    kept = {str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*") if path.is_file()}

    endings = {kind: ("txt", "html", "ics") if NATURE[kind].method else ("txt", "html") for kind in MailKind}
    usual = {f"{kind}/{code}.{ending}" for kind in MailKind for code in LANGUAGES for ending in endings[kind]}
    wished = (
        "-minimal.txt",
        "-minimal.html",
        "-text-only.txt",
        "-text-only.ics",
        "-no-calendar.txt",
        "-no-calendar.html",
    )
    assert kept == usual | {f"invitation/{code}{name}" for code in LANGUAGES for name in wished}
