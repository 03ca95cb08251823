"""Serial numbers and typed dates."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.domain.models import CellError
from tasks.domain.serials import date_of, from_serial, moment_of, time_of, to_serial, zone_info


def test_a_serial_number_is_the_wall_clock_of_the_sheet():
    assert from_serial(43831, "America/New_York") == datetime(2020, 1, 1, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "hours"), [("GMT-07:00", -7), ("GMT+05:30", 5.5), ("GMT+3", 3), ("UTC+1", 1), ("Asia/Calcutta", 5.5)]
)
def test_custom_zones_of_spreadsheets_are_known(zone, hours):
    assert from_serial(43831, zone).utcoffset() == timedelta(hours=hours)


@pytest.mark.parametrize("zone", ["", "Nowhere/City", "../etc/passwd", "GMT+25:00", "\x00"])
def test_what_is_no_zone_is_none(zone):
    assert zone_info(zone) is None


@pytest.mark.parametrize("value", [True, False, "43831", CellError("#REF!"), None])
def test_only_numbers_are_serial_numbers(value):
    with pytest.raises(TypeError):
        from_serial(value, "UTC")


@pytest.mark.parametrize("n", [0, 2024, -1, 1e12, float("nan"), float("inf")])
def test_numbers_that_are_no_date_of_our_time_are_refused(n):
    with pytest.raises(ValueError, match=r".+"):
        from_serial(n, "UTC")


def test_an_unknown_zone_is_refused():
    with pytest.raises(ValueError, match="Mars"):
        from_serial(43831, "Mars")
    with pytest.raises(ValueError, match="Mars"):
        to_serial(datetime(2020, 1, 1, tzinfo=UTC), "Mars")


@pytest.mark.parametrize("cell", ["yesterday", "", True, 12, CellError("#REF!")])
def test_a_cell_that_is_no_moment_is_none(cell):
    assert moment_of(cell, "UTC") is None


@given(st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2099, 12, 30), timezones=st.just(UTC)))  # noqa: DTZ001
def test_serial_numbers_go_there_and_back_to_the_millisecond(moment):
    back = from_serial(to_serial(moment, "UTC"), "UTC")

    assert abs(back - moment) <= timedelta(milliseconds=1)


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        (45292, date(2024, 1, 1)),
        (45292.75, date(2024, 1, 1)),
        ("2024-03-12", date(2024, 3, 12)),
        (" 2024-03-12 ", date(2024, 3, 12)),
        ("12/03/2024", None),
        ("20240312", None),
        ("2024-02-30", None),
        ("1224-03-12", None),
        ("3 May", None),
        ("", None),
        (True, None),
        (12, None),
        (CellError("#REF!"), None),
    ],
)
def test_a_day_is_a_date_cell_or_text_with_one_meaning(cell, day):
    assert date_of(cell) == day


@pytest.mark.parametrize(
    ("cell", "hour"),
    [
        (0.625, time(15)),
        (0, time(0)),
        (0.6041666667, time(14, 30)),
        (0.999999, time(23, 59, 59)),
        ("15:00", time(15)),
        ("9:05", time(9, 5)),
        ("15.30", time(15, 30)),
        ("15h00", time(15)),
        ("15h", time(15)),
        ("17 h 30", time(17, 30)),
        ("24:00", None),
        ("3 pm", None),
        ("3:00 PM", None),
        ("15", None),
        (15, None),
        (-0.5, None),
        (False, None),
        (float("nan"), None),
        ("", None),
    ],
)
def test_an_hour_is_a_time_cell_or_plain_text(cell, hour):
    assert time_of(cell) == hour
