"""What somebody types, in the locales of the staff: understood as Sheets does, shown as it was typed."""

from datetime import date

import pytest

from tasks.sandbox.sheets.cells import EMPTY, Cell
from tasks.sandbox.sheets.locales import locale
from tasks.sandbox.sheets.shown import shown
from tasks.sandbox.sheets.typed import typed

TODAY = date(2024, 2, 16)
JANUARY_30 = 45321


def enter(text, code="en_US", old=EMPTY):
    return typed(text, old, locale(code), TODAY)


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en_US", "30/1/2024"),
        ("en_US", "2/30/2024"),
        ("en_US", "13/45/2024"),
        ("en_US", "2024-13-45"),
        ("en_US", "1,23"),
        ("en_US", "1.234,5"),
        ("en_US", "1 234"),
        ("en_US", "1 1/2"),
        ("en_US", "½"),
        ("en_US", "²"),
        ("en_US", "٣"),
        ("en_US", "3_1_0"),
        ("en_US", "--5"),
        ("en_US", "(-5)"),
        ("en_US", "$5€"),
        ("en_US", "$"),
        ("en_US", "%"),
        ("en_US", "1e999"),
        ("en_US", "0:60"),
        ("en_US", "13:00 PM"),
        ("en_US", "a 15:00"),
        ("en_US", "2024-01-30T12:00:00Z"),
        ("en_US", "1/30/2024 25:00"),
        ("en_US", "May"),
        ("en_US", "enero 30, 2024"),
        ("en_US", "January 32, 2024"),
        ("en_US", "VERDADERO"),
        ("en_US", "+34 600 111 222"),
        ("es_MX", "January 30, 2024"),
        ("es_ES", "1,234.5"),
        ("es_ES", "1.5"),
        ("es_ES", "10:00:00.5"),
        ("fr_FR", "1.234,5"),
        ("fr_FR", "30 jui 2024"),
    ],
)
def test_what_reads_as_nothing_stays_the_text_it_is(code, text):
    assert enter(text, code) == Cell(text)


@pytest.mark.parametrize(
    ("code", "text", "value", "seen"),
    [
        ("en_US", "0042", 42, "42"),
        ("en_US", "  42 ", 42, "42"),
        ("en_US", "+34600", 34600, "34600"),
        ("en_US", "-7", -7, "-7"),
        ("en_US", "(7)", -7, "-7"),
        ("en_US", ".5", 0.5, "0.5"),
        ("en_US", "5.", 5, "5"),
        ("en_US", "1,234", 1234, "1,234"),
        ("en_US", "1,234.5", 1234.5, "1,234.50"),
        ("en_US", "1e5", 100000, "1.00E+05"),
        ("en_US", "12345678901234567890", 1.2345678901234567e19, "1.23457E+19"),
        ("en_US", "5%", 0.05, "5%"),
        ("en_US", "12.5%", 0.125, "12.50%"),
        ("en_US", "$5", 5, "$5"),
        ("en_US", "-$5.5", -5.5, "-$5.50"),
        ("en_US", "($1,234.50)", -1234.5, "-$1,234.50"),
        ("en_US", "€5", 5, "€5"),
        ("en_GB", "£1,200", 1200, "£1,200"),
        ("es_MX", "1,234.5", 1234.5, "1,234.50"),
        ("es_MX", "$5.00", 5, "$5.00"),
        ("es_ES", "1.234,5", 1234.5, "1.234,50"),
        ("es_ES", "1234,5", 1234.5, "1234,5"),
        ("es_ES", "12,5 %", 0.125, "12,50%"),
        ("es_ES", "5 €", 5, "5 €"),
        ("es_ES", "1,5e3", 1500, "1,50E+03"),
        ("es_AR", "$ 1.500", 1500, "$1.500"),
        ("fr_FR", "1 234,5", 1234.5, "1\u202f234,50"),
        ("fr_FR", "1\u00a0234", 1234, "1\u202f234"),
        ("fr_FR", "5,00 €", 5, "5,00 €"),
        ("fr_CA", "5,00 $", 5, "5,00 $"),
    ],
)
def test_numbers_are_read_in_the_locale(code, text, value, seen):
    cell = enter(text, code)
    assert (cell.value, shown(cell, locale(code))) == (pytest.approx(value), seen)


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en_US", "1/30/2024"),
        ("en_US", "01/30/2024"),
        ("en_US", "1-30-2024"),
        ("en_US", "2024-01-30"),
        ("en_US", "2024/01/30"),
        ("en_US", "2024-1-30"),
        ("en_US", "Jan 30, 2024"),
        ("en_US", "January 30, 2024"),
        ("en_US", "30 January 2024"),
        ("en_US", "30-Jan-2024"),
        ("en_US", "Tuesday, January 30, 2024"),
        ("en_US", "Tue, Jan 30, 2024"),
        ("en_US", "January 30th, 2024"),
        ("en_GB", "30/01/2024"),
        ("en_GB", "30 January 2024"),
        ("es_MX", "30/1/2024"),
        ("es_MX", "30 de enero de 2024"),
        ("es_MX", "30 enero 2024"),
        ("es_MX", "30-ene-2024"),
        ("es_ES", "martes, 30 de enero de 2024"),
        ("es_ES", "30.1.2024"),
        ("fr_FR", "30/01/2024"),
        ("fr_FR", "30 janvier 2024"),
        ("fr_FR", "30 janv. 2024"),
        ("fr_FR", "mardi 30 janvier 2024"),
        ("fr_CA", "2024-01-30"),
        ("fr_CA", "30/01/2024"),
        ("en_US", "Jan 30"),
        ("en_US", "1/30"),
        ("es_MX", "30/1"),
        ("es_MX", "30 de enero"),
        ("fr_FR", "30 janvier"),
    ],
)
def test_a_date_is_understood_in_the_locale_and_shown_as_it_was_typed(code, text):
    cell = enter(text, code)
    assert (cell.value, cell.kind, shown(cell, locale(code))) == (JANUARY_30, "DATE", text)


@pytest.mark.parametrize(
    ("code", "text", "day"),
    [
        ("en_US", "1/2/2024", date(2024, 1, 2)),
        ("en_GB", "1/2/2024", date(2024, 2, 1)),
        ("es_MX", "1/2/2024", date(2024, 2, 1)),
        ("fr_CA", "1/2/2024", date(2024, 2, 1)),
        ("en_US", "1/2/29", date(2029, 1, 2)),
        ("en_US", "1/2/30", date(1930, 1, 2)),
        ("en_US", "February 2024", date(2024, 2, 1)),
        ("es_ES", "febrero de 2024", date(2024, 2, 1)),
        ("fr_FR", "1er février 2024", date(2024, 2, 1)),
    ],
)
def test_the_order_and_the_missing_parts_of_a_date(code, text, day):
    assert enter(text, code).value == (day - date(1899, 12, 30)).days


def test_a_day_without_a_year_needs_to_know_the_year():
    assert typed("Jan 30", EMPTY, locale("en_US")) == Cell("Jan 30")


@pytest.mark.parametrize(
    ("code", "text", "value", "kind", "seen"),
    [
        ("en_US", "15:00", 0.625, "TIME", "15:00"),
        ("en_US", "3:00 PM", 0.625, "TIME", "3:00 PM"),
        ("en_US", "3pm", 0.625, "TIME", "3 PM"),
        ("en_US", "12:30 a.m.", 30 / 1440, "TIME", "12:30 AM"),
        ("en_US", "25:30", 1.0625, "TIME", "25:30"),
        ("en_US", "100:00:00", 100 / 24, "TIME", "100:00:00"),
        ("en_US", "0:00:01.5", 1.5 / 86400, "TIME", "0:00:01.5"),
        ("es_ES", "10:00:00,25", (36000 + 0.25) / 86400, "TIME", "10:00:00,25"),
        ("es_MX", "3:00 p. m.", 0.625, "TIME", "3:00 p.m."),
        ("en_US", "1/30/2024 9:05", JANUARY_30 + 545 / 1440, "DATE_TIME", "1/30/2024 9:05"),
        ("en_US", "Jan 30, 2024 3:00 PM", JANUARY_30 + 0.625, "DATE_TIME", "Jan 30, 2024 3:00 PM"),
        ("es_MX", "30 de enero de 2024 15:00", JANUARY_30 + 0.625, "DATE_TIME", "30 de enero de 2024 15:00"),
        ("fr_FR", "30/01/2024 15:00:00", JANUARY_30 + 0.625, "DATE_TIME", "30/01/2024 15:00:00"),
    ],
)
def test_times_and_durations(code, text, value, kind, seen):
    cell = enter(text, code)
    assert (cell.value, cell.kind, shown(cell, locale(code))) == (pytest.approx(value), kind, seen)


@pytest.mark.parametrize(
    ("code", "text", "value", "seen"),
    [
        ("en_US", "true", True, "TRUE"),
        ("es_MX", "VERDADERO", True, "VERDADERO"),
        ("es_MX", "FALSE", False, "FALSO"),
        ("fr_FR", "faux", False, "FAUX"),
    ],
)
def test_ticks_in_the_locale(code, text, value, seen):
    cell = enter(text, code)
    assert (cell.value, shown(cell, locale(code))) == (value, seen)


@pytest.mark.parametrize("text", ["'0042", "'=1+1", "'1/30/2024", "''"])
def test_an_apostrophe_keeps_text_as_it_is(text):
    assert enter(text) == Cell(text[1:])


def test_a_typed_format_sticks_to_the_cell():
    dated = enter("1/30/2024")
    assert shown(enter("45322", old=dated), locale("en_US")) == "1/31/2024"
    assert shown(enter("Jan 31, 2024", old=dated), locale("en_US")) == "1/31/2024"
    assert shown(enter("5%", old=dated), locale("en_US")) == "5%"
    assert enter("5", old=enter("1%")).value == 0.05


@pytest.mark.parametrize("text", ["0042", "=1+1", "1/30/2024", "TRUE"])
def test_a_cell_of_plain_text_takes_everything_as_text(text):
    assert enter(text, old=Cell(kind="TEXT")) == Cell(text, kind="TEXT")


def test_an_unknown_locale_is_american():
    assert locale("xx_YY") == locale("en_US") == locale("")
