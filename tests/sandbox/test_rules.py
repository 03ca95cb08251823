"""The sheet's own input rules: what fits, what is marked, what is refused, and where a protected range stands."""

from datetime import date

import pytest

from tasks.sandbox.failures import GoogleError
from tasks.sandbox.sheets.book import Book
from tasks.sandbox.sheets.cells import EMPTY
from tasks.sandbox.sheets.conditions import Judge
from tasks.sandbox.sheets.filtering import filtered_out, values_of
from tasks.sandbox.sheets.ranges import Area
from tasks.sandbox.sheets.rules import Outcome, Protection, own_spelling, protection, rule_at, verdict
from tasks.sandbox.sheets.typed import typed

TODAY = date(2024, 2, 16)


def book_of(*rows, locale="en_US"):
    book = Book("b", {"locale": locale}, "", "")
    tab = book.add_tab("Tab", 0)
    for number, row in enumerate(rows):
        tab.put(number, enumerate(typed(text, EMPTY, book.locale) for text in row))
    return book


def rule(kind, *values, **more):
    condition = {"type": kind, "values": [{"userEnteredValue": value} for value in values]}
    return {"condition": condition, "strict": True, **more}


def said(text, wanted, locale="en_US", book=None):
    book = book or book_of(locale=locale)
    return verdict(Judge(book, TODAY), wanted, typed(text, EMPTY, book.locale))


@pytest.mark.parametrize(
    ("kind", "values", "fits", "fails"),
    [
        ("ONE_OF_LIST", ["yes", "no"], ["yes"], ["maybe", "Yes"]),
        ("BOOLEAN", [], ["TRUE", "false"], ["yes", "1", "'TRUE"]),
        ("BOOLEAN", ["in", "out"], ["in", "out"], ["TRUE"]),
        ("NUMBER_GREATER", ["3"], ["3.1"], ["3", "x", "TRUE", "1/2/2024"]),
        ("NUMBER_GREATER_THAN_EQ", ["3"], ["3"], ["2.9"]),
        ("NUMBER_LESS", ["3"], ["-1"], ["3"]),
        ("NUMBER_LESS_THAN_EQ", ["3"], ["3"], ["3.5"]),
        ("NUMBER_EQ", ["3"], ["3.0"], ["4"]),
        ("NUMBER_NOT_EQ", ["3"], ["4"], ["3"]),
        ("NUMBER_BETWEEN", ["9", "1"], ["1", "9"], ["0", "10", "'5"]),
        ("NUMBER_NOT_BETWEEN", ["1", "9"], ["0"], ["5"]),
        ("TEXT_CONTAINS", ["Ca"], ["Scala", "CA"], ["cello"]),
        ("TEXT_NOT_CONTAINS", ["x"], ["abc"], ["aXb"]),
        ("TEXT_STARTS_WITH", ["12"], ["123"], ["312"]),
        ("TEXT_ENDS_WITH", ["org"], ["a.ORG"], ["organ"]),
        ("TEXT_EQ", ["ok"], ["OK"], ["okay"]),
        ("TEXT_NOT_EQ", ["ok"], ["okay"], ["Ok"]),
        ("TEXT_IS_EMAIL", [], ["a.b+c@example.org"], ["a@b", "a b@example.org", "@example.org", "x@example.org,"]),
        ("TEXT_IS_URL", [], ["https://example.org/a?b", "www.example.org", "example.org"], ["an example", "http://"]),
        ("DATE_IS_VALID", [], ["1/31/2024", "2024-01-31 10:00"], ["31/31/2024", "45000", "soon"]),
        ("DATE_EQ", ["1/31/2024"], ["2024-01-31", "1/31/2024 9:30"], ["2/1/2024"]),
        ("DATE_NOT_EQ", ["1/31/2024"], ["2/1/2024"], ["1/31/2024"]),
        ("DATE_BEFORE", ["1/31/2024"], ["1/30/2024"], ["1/31/2024", "45"]),
        ("DATE_AFTER", ["1/31/2024"], ["2/1/2024"], ["1/31/2024"]),
        ("DATE_ON_OR_BEFORE", ["1/31/2024"], ["1/31/2024"], ["2/1/2024"]),
        ("DATE_ON_OR_AFTER", ["1/31/2024"], ["1/31/2024 8:00"], ["1/30/2024"]),
        ("DATE_BETWEEN", ["1/1/2024", "1/31/2024"], ["1/31/2024"], ["2/1/2024"]),
        ("DATE_NOT_BETWEEN", ["1/1/2024", "1/31/2024"], ["2/1/2024"], ["1/2/2024"]),
    ],
)
def test_a_strict_rule_takes_what_fits_and_refuses_what_does_not(kind, values, fits, fails):
    wanted = rule(kind, *values)
    assert [said(text, wanted).outcome for text in fits] == [Outcome.FITS] * len(fits)
    assert [said(text, wanted).outcome for text in fails] == [Outcome.REFUSED] * len(fails)
    assert said("", wanted).outcome is Outcome.FITS
    assert {said(text, {**wanted, "strict": False}).outcome for text in fails} == {Outcome.MARKED}


@pytest.mark.parametrize(
    ("relative", "fits", "fails"),
    [
        ("TODAY", "2/17/2024", "2/16/2024"),
        ("PAST_WEEK", "2/10/2024", "2/9/2024"),
        ("TOMORROW", "2/18/2024", "2/17/2024"),
    ],
)
def test_a_relative_date_is_counted_from_today(relative, fits, fails):
    wanted = {"condition": {"type": "DATE_AFTER", "values": [{"relativeDate": relative}]}, "strict": True}
    assert said(fits, wanted).outcome is Outcome.FITS
    assert said(fails, wanted).outcome is Outcome.REFUSED


def test_dates_and_numbers_are_read_as_the_spreadsheet_writes_them():
    wanted = rule("DATE_AFTER", "31/1/2024")
    assert said("1/2/2024", wanted, "es_ES").outcome is Outcome.FITS
    refused = said("30/1/2024", wanted, "es_ES")
    assert (refused.outcome, refused.key, refused.facts) == (
        Outcome.REFUSED,
        "sheet.rule_date_after",
        {"a": "31/1/2024"},
    )
    assert said("2,5", rule("NUMBER_BETWEEN", "2", "3"), "fr_FR").outcome is Outcome.FITS


def test_the_choices_of_a_range_are_what_stands_in_it_now():
    book = book_of(["red"], ["green"], [""], ["red"])
    wanted = rule("ONE_OF_RANGE", "=Tab!$A$1:$A$10")
    assert Judge(book, TODAY).choices(wanted["condition"]) == ["red", "green"]
    assert said("green", wanted, book=book).outcome is Outcome.FITS
    refused = said("blue", wanted, book=book)
    assert (refused.outcome, refused.facts) == (Outcome.REFUSED, {"choices": "red, green"})
    assert said("red", rule("ONE_OF_RANGE", "=Gone!A1:A3"), book=book).outcome is Outcome.REFUSED


def test_a_choice_is_taken_as_the_list_spells_it():
    judge = Judge(book_of(), TODAY)
    assert own_spelling(judge, rule("ONE_OF_LIST", "Accepted"), " accepted") == "Accepted"
    assert own_spelling(judge, rule("ONE_OF_LIST", "Accepted"), "other") == "other"
    assert own_spelling(judge, rule("TEXT_EQ", "Accepted"), "accepted") == "accepted"


def test_the_rules_own_message_is_said():
    assert said("x", rule("TEXT_IS_EMAIL", inputMessage="An address, please")).message == "An address, please"


def test_a_rule_that_is_a_formula_is_not_quietly_passed():
    for_a_person = said("x", rule("CUSTOM_FORMULA", "=LEN(A1)>3"))
    assert (for_a_person.outcome, for_a_person.key) == (Outcome.MARKED, "sheet.rule_custom_formula")
    with pytest.raises(GoogleError) as refused:
        Judge(book_of(), TODAY).meets(EMPTY, {"type": "CUSTOM_FORMULA"})
    assert refused.value.code == 501


def test_the_later_of_two_rules_counts_and_open_ends_reach_the_edge():
    tab = book_of().tabs[0]
    first, second = rule("BLANK"), rule("NOT_BLANK")
    tab.extras["validations"] = [
        {"range": {"startRowIndex": 1, "startColumnIndex": 2, "endColumnIndex": 3}, "rule": first},
        {"range": {"startRowIndex": 5, "endRowIndex": 6}, "rule": second},
    ]
    assert (rule_at(tab, 900, 2), rule_at(tab, 5, 2), rule_at(tab, 0, 2), rule_at(tab, 1, 3)) == (
        first,
        second,
        None,
        None,
    )


B2_C4 = {"startRowIndex": 1, "endRowIndex": 4, "startColumnIndex": 1, "endColumnIndex": 3}
HOLE = {"startRowIndex": 2, "endRowIndex": 3, "startColumnIndex": 0, "endColumnIndex": 26}


@pytest.mark.parametrize(
    ("entries", "area", "found"),
    [
        ([{"range": B2_C4}], Area(3, 2, 4, 3), Protection.BARS),
        ([{"range": B2_C4}], Area(4, 0, 9, 26), Protection.FREE),
        ([{"range": B2_C4, "warningOnly": True}], Area(0, 0, 2, 2), Protection.ASKS),
        ([{"range": B2_C4, "warningOnly": True}, {"range": {}}], Area(1, 1, 2, 2), Protection.BARS),
        ([{"range": {}, "unprotectedRanges": [HOLE]}], Area(2, 3, 3, 4), Protection.FREE),
        ([{"range": {}, "unprotectedRanges": [HOLE]}], Area(2, 3, 4, 4), Protection.BARS),
        ([{"namedRangeId": "n"}], Area(1, 1, 2, 2), Protection.BARS),
        ([{"namedRangeId": "gone"}], Area(1, 1, 2, 2), Protection.FREE),
    ],
)
def test_a_protected_range_stands_where_it_lies(entries, area, found):
    book = book_of()
    book.named_ranges = [{"namedRangeId": "n", "name": "N", "range": B2_C4}]
    book.tabs[0].extras["protectedRanges"] = entries
    assert protection(book, book.tabs[0], [area]) is found


@pytest.mark.parametrize(
    ("criteria", "gone"),
    [
        ({"hiddenValues": ["b", ""]}, {2, 3}),
        ({"condition": {"type": "NOT_BLANK"}}, {3}),
        (
            {"hiddenValues": ["a"], "condition": {"type": "TEXT_CONTAINS", "values": [{"userEnteredValue": "A"}]}},
            {1, 2, 3},
        ),
    ],
)
def test_a_filter_hides_rows_in_either_of_its_spellings(criteria, gone):
    book = book_of(["head"], ["a"], ["b"], ["", "x"], ["an a"])
    tab = book.tabs[0]
    place = {"startRowIndex": 0, "endRowIndex": 5, "startColumnIndex": 0, "endColumnIndex": 1}
    for spelling in ({"criteria": {"0": criteria}}, {"filterSpecs": [{"filterCriteria": criteria}]}):
        tab.extras["basicFilter"] = {"range": place, **spelling}
        assert filtered_out(Judge(book, TODAY), tab) == gone
    assert values_of(book, tab, 0) == ["a", "an a", "b", ""]
