"""No mail changes unseen: each is compared with the file in tests/golden that was looked at when it last changed."""

import pytest

from tests.domain.golden_mails import FOLDER, golden_files

NOW = golden_files()


@pytest.mark.parametrize("name", NOW)
def test_a_mail_is_as_it_was_when_somebody_looked_at_it(name):
    golden = FOLDER / name

    assert golden.is_file(), "new; if it is meant to be there: make golden"
    assert NOW[name].decode() == golden.read_bytes().decode(), (
        "changed; if that is meant: make golden, and read the diff"
    )


def test_no_golden_mail_is_left_over():
    assert {str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*") if path.is_file()} == set(NOW)
