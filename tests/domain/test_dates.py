"""Days and months as people write them: nothing is invented, and what can be read in two ways is doubtful."""

import pytest

from tasks.domain.normalise.date_shapes import When
from tasks.domain.normalise.dates import Dates, find_dates


def found(text, language="en"):
    return find_dates(text, language).found


def doubted(text, language="en"):
    return [typed for typed, _ in find_dates(text, language).doubtful]


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n ",
        "after the holidays",
        "après le ramadan",
        "17 h à 19 h, en semaine",
        "sept heures",
        "we may be free",
        "as soon as possible, we march on",
        "not in June",
        "sauf en août",
        "excepto julio",
        "not before 3 June",
        "31 de junio",
        "31/06/2024",
        "13/13/2024",
        "2024-13-01",
        "available 24/7",
        "1/2 day",
        "-2+3",
        "@SUM(1)",
        "99999",
        "1234567",
        "+254 20 555 0102",
        "1999-05-16 to 1999-05-17",
    ],
)
def test_what_names_no_date_is_none(text):
    assert find_dates(text, "en") == Dates()


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("12/03/2024", ["12/03/2024"]),
        ("12/03/2024 or 03/12/2024", ["12/03/2024", "03/12/2024"]),
        ("12.03.2024", ["12.03.2024"]),
        ("12-03-24", ["12-03-24"]),
        ("5/6", ["5/6"]),
        ("25/03/2024, 03/26/2024 or 12/03/2024", ["12/03/2024"]),
    ],
)
def test_a_date_that_can_be_read_in_two_ways_is_doubtful_in_english(text, typed):
    assert doubted(text) == typed


def test_a_doubtful_date_has_both_its_days():
    assert find_dates("12/03/2024", "en").doubtful == (("12/03/2024", (When(2024, 3, 12), When(2024, 12, 3))),)


@pytest.mark.parametrize(
    ("text", "language", "days"),
    [
        ("12/03/2024", "es", [(2024, 3, 12)]),
        ("12/03/2024", "fr", [(2024, 3, 12)]),
        ("03/25/2024", "es", [(2024, 3, 25)]),
        ("5/6", "es", [(0, 6, 5)]),
        ("25/03/2024", "en", [(2024, 3, 25)]),
        ("03/25/2024", "en", [(2024, 3, 25)]),
        ("5/5/2024", "en", [(2024, 5, 5)]),
        ("25/03/2024 or 12/03/2024", "en", [(2024, 3, 25), (2024, 3, 12)]),
        ("03/25/2024 or 03/12/2024", "en", [(2024, 3, 25), (2024, 3, 12)]),
        ("2024-05-16", "en", [(2024, 5, 16)]),
        ("2024/05/16", "en", [(2024, 5, 16)]),
        ("05.06.24", "fr", [(2024, 6, 5)]),
        ("45427", "en", [(2024, 5, 15)]),
        ("45427.5", "en", [(2024, 5, 15)]),
    ],
)
def test_a_date_in_numbers_that_can_be_read_in_one_way_is_a_day(text, language, days):
    assert find_dates(text, language) == Dates(tuple(When(*day) for day in days))


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("May 2024, not Fridays", [When(2024, 5)]),
        ("déc. 2025", [When(2025, 12)]),
        ("septiembre de 2024", [When(2024, 9)]),
        ("setiembre", [When(0, 9)]),
        ("June", [When(0, 6)]),
        ("may", [When(0, 5)]),
        ("we may meet in June", [When(0, 6)]),
        ("In May", [When(0, 5)]),
        ("janv. ou févr.", [When(0, 1), When(0, 2)]),
        ("cualquier martes de agosto", [When(0, 8)]),
        ("martes de agosto o septiembre", [When(0, 8), When(0, 9)]),
        ("first week of May", [When(0, 5)]),
        ("June, not in July", [When(0, 6)]),
    ],
)
def test_a_month_is_read_without_a_day(text, when):
    assert list(found(text)) == when


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("March 12", [When(0, 3, 12)]),
        ("mar 12", [When(0, 3, 12)]),
        ("12th of March", [When(0, 3, 12)]),
        ("May 2nd, 2024", [When(2024, 5, 2)]),
        ("Monday 3rd June 2024 10:00 GMT+3", [When(2024, 6, 3)]),
        ("25 novembre 2024", [When(2024, 11, 25)]),
        ("1er mars ou 8 mars", [When(0, 3, 1), When(0, 3, 8)]),
        ("15 de abril o 22 de abril", [When(0, 4, 15), When(0, 4, 22)]),
        ("3, 10 y 17 de junio de 2025", [When(2025, 6, 3), When(2025, 6, 10), When(2025, 6, 17)]),
        ("12 ago 2025", [When(2025, 8, 12)]),
        ("29 February", [When(0, 2, 29)]),
        ("June 10 am", [When(0, 6)]),
        ("15 June and 15 June", [When(0, 6, 15)]),
    ],
)
def test_a_day_is_read_with_the_year_that_was_written(text, when):
    assert list(found(text)) == when


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("1 al 15 de junio", When(0, 6, 1, until=15)),
        ("du 3 au 7 juin", When(0, 6, 3, until=7)),
        ("June 3-7, 2025", When(2025, 6, 3, until=7)),
        ("June 3 \u2013 7", When(0, 6, 3, until=7)),
        ("between 3 and 7 June", When(0, 6, 3, until=7)),
        ("la semana del 3 de junio", When(0, 6, 3, week=True)),
        ("semaine du 10 juin", When(0, 6, 10, week=True)),
        ("week of June 10", When(0, 6, 10, week=True)),
    ],
)
def test_a_range_and_a_week_stay_one(text, when):
    assert found(text) == (when,)


@pytest.mark.parametrize("text", ["any", "Any time!", "cualquier fecha", "n'importe quand", "I am flexible"])
def test_no_wish_is_a_wish_too(text):
    assert find_dates(text, "en") == Dates(any_time=True)


def test_a_long_text_is_read_at_its_beginning():
    assert found("June " + "x" * 10_000_000 + " July") == (When(0, 6),)
