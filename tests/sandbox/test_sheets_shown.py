"""Number formats: patterns, the standard ones of each kind, and numbers without any."""

import pytest

from tasks.sandbox.sheets.cells import Cell
from tasks.sandbox.sheets.locales import locale
from tasks.sandbox.sheets.shown import shown

NOON_OF_JANUARY_30 = 45321.5


@pytest.mark.parametrize(
    ("value", "pattern", "seen"),
    [
        (0.5, "# ?/?", "1/2"),
        (1.25, "# ?/?", "1 1/4"),
        (-1.25, "# ?/?", "-1 1/4"),
        (3, "# ?/?", "3"),
        (0, "# ?/?", "0"),
        (0.3333, "# ?/?", "1/3"),
        (0.17, "# ??/??", "9/53"),
        (1.25, "?/?", "5/4"),
        (1.25, "# ?/8", "1 2/8"),
        (0.999, "# ?/8", "1"),
    ],
)
def test_a_number_is_shown_as_a_fraction(value, pattern, seen):
    assert shown(Cell(value, kind="NUMBER", pattern=pattern), locale("en_US")) == seen


@pytest.mark.parametrize(
    ("value", "pattern", "code", "seen"),
    [
        (1234.5, "#,##0.00", "en_US", "1,234.50"),
        (1234.5, "#,##0.00", "es_ES", "1.234,50"),
        (1234.5, "#,##0.00", "fr_FR", "1\u202f234,50"),
        (-1234.5, "#,##0.00;(#,##0.00)", "en_US", "(1,234.50)"),
        (0, '#,##0;-#,##0;"none"', "en_US", "none"),
        (-0.001, "0.00", "en_US", "0.00"),
        (2.675, "0.00", "en_US", "2.68"),
        (3.5, "0.##", "en_US", "3.5"),
        (0, "#", "en_US", ""),
        (7, "??0", "en_US", "  7"),
        (42, "000000", "en_US", "000042"),
        (5551234567, "(000) 000-0000", "en_US", "(555) 123-4567"),
        (1234567, '#,##0,"K"', "en_US", "1,235K"),
        (0.1234, "0.0%", "es_ES", "12,3%"),
        (12, "[$€]#,##0.00", "en_US", "€12.00"),
        (12, "[Red]0.0", "en_US", "12.0"),
        (5, '0 "of 10"', "en_US", "5 of 10"),
        (5, r"0\x", "en_US", "5x"),
        (5, '"always"', "en_US", "always"),
        (123456, "0.00E+00", "en_US", "1.23E+05"),
        (0.00012, "0.00E+00", "fr_FR", "1,20E-04"),
        (999.9999, "0.0E+0", "en_US", "1.0E+3"),
        (0, "0.00E+00", "en_US", "0.00E+00"),
        (1e300, "0", "en_US", f"1{'0' * 300}"),
        (1e-300, "0.00", "en_US", "0.00"),
        (1.5, "@", "es_ES", "1,5"),
        (-7, '"no. "@', "en_US", "no. -7"),
        (NOON_OF_JANUARY_30, "yyyy-mm-dd hh:mm", "en_US", "2024-01-30 12:00"),
        (NOON_OF_JANUARY_30, "mmmm d, yyyy", "en_US", "January 30, 2024"),
        (NOON_OF_JANUARY_30, 'd "de" mmmm "de" yyyy', "es_MX", "30 de enero de 2024"),
        (NOON_OF_JANUARY_30, "dddd d mmm yy", "fr_FR", "mardi 30 janv. 24"),
        (NOON_OF_JANUARY_30, "ddd, mmmmm", "en_US", "Tue, J"),
        (NOON_OF_JANUARY_30, "h am/pm", "en_US", "12 PM"),
        (NOON_OF_JANUARY_30, "h:mm a/p", "en_US", "12:00 P"),
        (NOON_OF_JANUARY_30, "h:mm am/pm", "es_MX", "12:00 p.m."),
        (NOON_OF_JANUARY_30, "dd.mm.yyyy", "fr_FR", "30.01.2024"),
        (NOON_OF_JANUARY_30, "hh MM", "en_US", "12 01"),
        (45321.99999999, "m/d h:mm:ss", "en_US", "1/31 0:00:00"),
        (45321.123456, "hh:mm:ss.000", "es_ES", "02:57:46,598"),
        (1.5, "[h]:mm:ss", "en_US", "36:00:00"),
        (-1.5, "[hh]:mm", "en_US", "-36:00"),
        (1 / 24, "[m]:ss", "en_US", "60:00"),
        (1 / 24, "[s]", "en_US", "3600"),
        (1e10, "yyyy-mm-dd", "en_US", "10000000000"),
        (-1e10, "yyyy-mm-dd", "en_US", "-10000000000"),
    ],
)
def test_a_number_is_shown_by_its_pattern(value, pattern, code, seen):
    assert shown(Cell(value, kind="NUMBER", pattern=pattern), locale(code)) == seen


@pytest.mark.parametrize(
    ("kind", "code", "seen"),
    [
        ("", "en_US", "45321.5"),
        ("", "es_ES", "45321,5"),
        ("TEXT", "en_US", "45321.5"),
        ("NUMBER", "en_US", "45,321.50"),
        ("PERCENT", "en_US", "4532150.00%"),
        ("CURRENCY", "en_US", "$45,321.50"),
        ("CURRENCY", "es_ES", "45.321,50 €"),
        ("CURRENCY", "fr_CA", "45\u00a0321,50 $"),
        ("SCIENTIFIC", "en_US", "4.53E+04"),
        ("DATE", "en_US", "1/30/2024"),
        ("DATE", "en_GB", "30/01/2024"),
        ("DATE", "es_MX", "30/1/2024"),
        ("DATE", "fr_CA", "2024-01-30"),
        ("TIME", "en_US", "12:00:00 PM"),
        ("TIME", "fr_FR", "12:00:00"),
        ("TIME", "fr_CA", "12:00:00"),
        ("DATE_TIME", "en_US", "1/30/2024 12:00:00"),
        ("DATE_TIME", "es_MX", "30/1/2024 12:00:00"),
        ("DATE_TIME", "fr_FR", "30/01/2024 12:00:00"),
    ],
)
def test_a_kind_without_a_pattern_has_a_standard_one_in_the_locale(kind, code, seen):
    assert shown(Cell(NOON_OF_JANUARY_30, kind=kind), locale(code)) == seen


@pytest.mark.parametrize(
    ("value", "seen"),
    [
        (1 / 3, "0.3333333333"),
        (0.1 + 0.2, "0.3"),
        (1e14, "100000000000000"),
        (1e20, "1E+20"),
        (1.5e-12, "1.5E-12"),
        (1 / 1024, "0.0009765625"),
        (-2.50, "-2.5"),
    ],
)
def test_a_number_without_a_format_is_shown_plainly(value, seen):
    assert shown(Cell(value), locale("en_US")) == seen


def test_text_takes_part_in_a_pattern_only_where_it_has_a_place():
    assert shown(Cell("Ana", pattern='"Dear "@'), locale("en_US")) == "Dear Ana"
    assert shown(Cell("Ana", kind="NUMBER", pattern="0.00"), locale("en_US")) == "Ana"
    assert shown(Cell("Ana", kind="NUMBER", pattern='0;0;0;"text: "@'), locale("en_US")) == "text: Ana"
