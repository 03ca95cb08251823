"""What is not clear in old answers is told in one line a sheet; what somebody must mend is told row by row."""

from datetime import UTC, datetime

import pytest

from tasks.domain.old_answers import Baseline, told_in_one_line
from tests.domain.sheet_builders import PROGRAMME, a_row, read, to_do, told, wrong

OLD, YOUNG = 44000.5, 45320.5
UNCLEAR = {"time_zone": "IST", "title": "=HYPERLINK(1)"}
SUBMISSIONS = PROGRAMME.register_.submissions
LINE = ("old-answers", None, "notice")


def lines(*rows):
    baseline = Baseline(datetime(2024, 1, 1, tzinfo=UTC), SUBMISSIONS)
    return told_in_one_line(read(*rows), baseline, "responses-en", "en").problems


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([a_row(timestamp=OLD)], []),
        ([a_row(timestamp=OLD, time_zone="IST")], [LINE]),
        ([a_row(timestamp=OLD, **UNCLEAR)], [LINE]),
        ([a_row(timestamp=YOUNG, time_zone="IST")], [("unclear-zone", 2, "notice")]),
        (
            [a_row(timestamp=OLD, time_zone="IST"), a_row(timestamp=YOUNG, time_zone="IST")],
            [("unclear-zone", 3, "notice"), LINE],
        ),
        ([a_row(timestamp=OLD, email="none")], [("address", 2, "problem")]),
        ([a_row(timestamp=OLD), (), a_row(timestamp=OLD)], [("blank-rows", 3, "notice")]),
    ],
    ids=["clear", "unclear", "twice unclear", "young", "old and young", "unreadable", "blank"],
)
def test_only_what_is_not_clear_in_an_old_answer_is_told_in_one_line(rows, expected):
    assert told(lines(*rows)) == expected


def test_the_line_says_how_many_they_are_and_where_they_can_be_seen():
    rows = [a_row(timestamp=OLD + day, email=f"a{day}@example.org", **UNCLEAR) for day in range(3)]

    (line,) = lines(*rows)

    assert wrong(line) == (
        "Answers from before 2024-01-01 with values that are not clear, or with unusual text: 3. "
        "They are not listed one by one."
    )
    assert to_do(line) == (
        "Nothing now. Before you work with one of them, look at “Understood as” in the tab Submissions."
    )


def test_an_old_answer_is_read_like_any_other():
    reading = read(a_row(timestamp=OLD, **UNCLEAR))

    assert told_in_one_line(reading, Baseline(datetime(2024, 1, 1, tzinfo=UTC), SUBMISSIONS), "s", "en").responses == (
        reading.responses
    )
