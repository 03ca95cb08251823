"""Telephone numbers as people and spreadsheets write them."""

import pytest

from tasks.domain.normalise.phones import Phone, Unclear, find_phone


@pytest.mark.parametrize(
    ("text", "country", "why"),
    [
        ("2.5420555e11", "KE", Unclear.lost),
        ("2,54E+11", "KE", Unclear.lost),
        ("1E+99", "KE", Unclear.lost),
        ("+254 712 345678 / +254 733 345678", "KE", Unclear.several),
        ("0712345678 or 0733345678", "KE", Unclear.several),
        ("0712345678\n0733345678", "KE", Unclear.several),
        ("514 555-0106", "", Unclear.country),
        ("254205550102", "", Unclear.country),
        ("12345", "KE", Unclear.invalid),
        ("+999 123456789", "KE", Unclear.invalid),
        ("ask me", "KE", Unclear.invalid),
        ("n/a", "", Unclear.invalid),
        ("1" * 100_000, "KE", Unclear.invalid),
        ("9" * 150, "KE", Unclear.invalid),
    ],
)
def test_what_is_not_exactly_one_number_says_why(text, country, why):
    assert find_phone(text, country) == Phone(why=why)


@pytest.mark.parametrize("text", ["", " ", "\u200b"])
def test_no_answer_is_no_doubt(text):
    assert find_phone(text, "KE") == Phone()


@pytest.mark.parametrize(
    ("text", "country", "e164"),
    [
        ("+254 20 555 0102", "KE", "+254205550102"),
        ("+254 20 555 0102", "", "+254205550102"),
        ("254205550102", "KE", "+254205550102"),
        ("254205550102.0", "KE", "+254205550102"),
        ("2.54205550102E+11", "KE", "+254205550102"),
        ("0712 345678", "KE", "+254712345678"),
        ("712345678", "KE", "+254712345678"),
        ("+254(0)712345678", "KE", "+254712345678"),
        ("(+254) 712-345-678", "", "+254712345678"),
        ("00254 712 345678", "", "+254712345678"),
        ("\u202a+254 712 345678\u202c", "", "+254712345678"),
        ("WhatsApp: +254 712 345678 (evenings)", "KE", "+254712345678"),
        ("+254 712 345678, 0712 345 678", "KE", "+254712345678"),
        ("+\u0662\u0665\u0664 \u0667\u0661\u0662 \u0663\u0664\u0665\u0666\u0667\u0668", "KE", "+254712345678"),
        ("+961 1 555 0101", "LB", "+96115550101"),
        ("+33 6 12 34 56 78", "SN", "+33612345678"),
        ("514 555-0106", "CA", "+15145550106"),
        ("+1 (514) 555-0106 ext. 12", "CA", "+15145550106"),
        ("55 5555 0104", "MX", "+525555550104"),
        ("5215555550104", "MX", "+525555550104"),
        ("+52 1 55 5555 0104", "MX", "+525555550104"),
        ("044 55 5555 0104", "MX", "+525555550104"),
        ("045 55 5555 0104", "MX", "+525555550104"),
        ("11 15 2345 6789", "AR", "+5491123456789"),
    ],
)
def test_a_number_is_found_in_what_people_write(text, country, e164):
    assert find_phone(text, country).e164 == e164


def test_a_number_is_shown_in_groups():
    assert find_phone("254205550102", "KE") == Phone("+254205550102", "+254 20 5550102")
