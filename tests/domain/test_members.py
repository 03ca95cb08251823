"""The Members tab as staff leave it."""

import pytest

from config.settings import ROOT, load_words
from tasks.domain.member_choices import make_choices
from tasks.domain.members import read_members
from tasks.domain.models import Member, News, Person, Tab
from tests.domain.sheet_builders import LANGUAGES, PROGRAMME, a_tab, to_do, told, wrong

COLUMNS = PROGRAMME.register_.members
CHOICES = make_choices(PROGRAMME, LANGUAGES, [load_words(ROOT / "config", code) for code in ("en", "es", "fr")])
A_MEMBER = {
    "name": "Ana Pérez",
    "email": "ana@example.org",
    "language": "es",
    "time_zone": "America/Lima",
    "subscribed": True,
}


def a_member(**changes):
    return {**A_MEMBER, **changes}


def read(*rows, without=()):
    return read_members(a_tab(COLUMNS, *rows, without=without), columns=COLUMNS, languages=LANGUAGES, choices=CHOICES)


def test_a_subscribed_row_is_a_member():
    reading = read(a_member())

    assert reading.problems == ()
    assert reading.members == (
        Member(Person("Ana Pérez", "ana@example.org", "ana@example.org"), "es", "America/Lima", 2),
    )


@pytest.mark.parametrize("yes", [True, "true", "TRUE", "yes", "Sí", "si", "oui", "X", 1, "1"])
def test_yes_is_written_in_many_ways(yes):
    assert len(read(a_member(subscribed=yes)).members) == 1


@pytest.mark.parametrize("no", [False, "", "no", "FALSE", 0, "later"])
def test_everything_else_is_not_subscribed(no):
    reading = read(a_member(subscribed=no))

    assert (reading.members, reading.rows, reading.unsubscribed, reading.problems) == ((), 1, 1, ())


@pytest.mark.parametrize(
    ("typed", "code"), [("es", "es"), ("ES", "es"), ("Español", "es"), ("Spanish", "es"), ("anglais", "en")]
)
def test_a_language_is_its_code_or_its_name(typed, code):
    assert read(a_member(language=typed)).members[0].language == code


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("email", "ana", "address"),
        ("email", "", "address"),
        ("email", "ana@example.org, eva@example.org", "address"),
        ("language", "", "language"),
        ("language", "Klingon", "language"),
    ],
)
def test_who_cannot_be_written_to_is_a_problem(field, value, code):
    reading = read(a_member(**{field: value}), a_member(email="eva@example.org"))

    assert told(reading.problems) == [(code, 2, "problem")]
    assert [member.row for member in reading.members] == [3]
    assert "ana" not in wrong(reading.problems[0]) + reading.problems[0].subject


def test_an_unknown_zone_is_a_notice_with_a_suggestion():
    reading = read(a_member(time_zone="heure de Lima"))

    assert told(reading.problems) == [("time-zone", 2, "notice")]
    assert "America/Lima" in to_do(reading.problems[0])
    assert reading.members[0].zone == ""


def test_no_zone_is_no_fault():
    assert read(a_member(time_zone="")).problems == ()


def test_an_address_counts_once_however_the_tab_is_sorted():
    rows = [a_member(language="fr"), a_member(email="ANA@example.org", language="en")]

    there, back = read(*rows), read(*reversed(rows))

    assert [member.language for member in there.members] == [member.language for member in back.members] == ["en"]
    assert told(there.problems) == [("duplicate-member", 3, "notice")]


def test_who_is_unsubscribed_in_another_row_is_not_written_to():
    reading = read(a_member(), a_member(subscribed=False))

    assert reading.members == ()
    assert told(reading.problems) == [("subscription-conflict", 2, "problem")]


def test_rows_of_unticked_boxes_are_blank():
    reading = read({"subscribed": False}, a_member(), {"subscribed": False})

    assert (reading.rows, reading.unsubscribed) == (1, 0)


def test_a_missing_column_stops_the_tab():
    reading = read(a_member(), without=("email",))

    assert told(reading.problems) == [("missing-column", 1, "problem")]
    assert reading.members == ()


def test_a_column_that_stands_twice_stops_the_tab():
    tab = a_tab(COLUMNS, a_member())
    doubled = Tab(tab.title, tab.sheet_id, ((*tab.rows[0], "name"), *tab.rows[1:]))

    reading = read_members(doubled, columns=COLUMNS, languages=LANGUAGES)

    assert told(reading.problems) == [("duplicate-column", 1, "problem")]


# ------------------------------------------------------------------------------------------------ where somebody lives
@pytest.mark.parametrize(
    ("country", "zone"),
    [
        ("Kenya", "Africa/Nairobi"),
        ("Líbano", "Asia/Beirut"),
        ("Allemagne", "Europe/Berlin"),
        ("Argentina", "America/Argentina/Buenos_Aires"),
        ("", ""),
    ],
)
def test_a_country_with_one_clock_gives_the_zone(country, zone):
    reading = read(a_member(time_zone="", country=country))

    assert (reading.members[0].zone, reading.problems) == (zone, ())


@pytest.mark.parametrize(
    ("country", "words"),
    [("Mexico", "which has more than one time zone"), ("Atlantis", "which is not a country we know")],
)
def test_a_country_with_several_clocks_is_not_guessed_but_told(country, words):
    reading = read(a_member(time_zone="", country=country))

    assert (reading.members[0].zone, told(reading.problems)) == ("", [("country", 2, "notice")])
    assert words in wrong(reading.problems[0])
    assert "into the column Time zone" in to_do(reading.problems[0])


def test_a_zone_that_is_named_counts_whatever_the_country():
    assert read(a_member(country="Mexico")).members[0].zone == "America/Lima"
    assert read(a_member(country="Mexico")).problems == ()


def test_a_zone_that_is_wrong_is_not_replaced_by_the_country():
    reading = read(a_member(time_zone="CST", country="Kenya"))

    assert (reading.members[0].zone, told(reading.problems)) == ("", [("time-zone", 2, "notice")])


# ------------------------------------------------------------------------------------------------ what somebody wants
@pytest.mark.parametrize(
    ("typed", "topics"),
    [
        ("", set()),
        ("climate", {"climate"}),
        ("Climate justice; Peace and security", {"climate", "peace"}),
        ("Justicia climática, LGBTIQ rights", {"climate", "lgbtiq"}),
        ("Preventing violence against women and girls, and gender-based violence, Paix et sécurité", {"gbv", "peace"}),
        ("CLIMATE JUSTICE\nyouth", {"climate", "youth"}),
    ],
)
def test_topics_are_options_of_the_form_in_any_language(typed, topics):
    reading = read(a_member(topics=typed))

    assert (reading.members[0].topics, reading.problems) == (frozenset(topics), ())


def test_an_unknown_topic_is_a_notice_with_the_nearest_one_and_the_others_count():
    reading = read(a_member(topics="Climate justise, peace"))

    assert told(reading.problems) == [("topics", 2, "notice")]
    assert "“Climate justise” (nearest: “Climate justice”)" in wrong(reading.problems[0])
    assert reading.members[0].topics == {"peace"}


@pytest.mark.parametrize(
    ("typed", "kinds"),
    [
        ("invitations", {"invitations"}),
        ("Recordatorios, grabaciones", {"reminders", "recordings"}),
        ("rappels; Invitations", {"reminders", "invitations"}),
        ("", set()),
    ],
)
def test_kinds_of_mail_are_chosen_in_a_language_of_staff(typed, kinds):
    reading = read(a_member(kinds=typed))

    assert (reading.members[0].kinds, reading.problems) == (frozenset(kinds), ())


def test_a_kind_of_mail_that_does_not_exist_is_a_notice_with_the_nearest_one():
    reading = read(a_member(kinds="invitacions"))

    assert told(reading.problems) == [("mails-wanted", 2, "notice")]
    assert "nearest: “invitaciones”" in wrong(reading.problems[0])
    assert "E-mail" not in to_do(reading.problems[0])


@pytest.mark.parametrize(
    ("typed", "wishes"),
    [
        ("", set()),
        ("full", set()),
        ("Minimal", {"minimal"}),
        ("solo texto", {"text-only"}),
        ("sans fichier d'agenda", {"no-calendar"}),
        ("text only, no calendar file", {"text-only", "no-calendar"}),
        ("no-calendar", {"no-calendar"}),
    ],
)
def test_how_somebody_is_written_to_is_chosen_in_a_language_of_staff(typed, wishes):
    reading = read(a_member(discretion=typed))

    assert (reading.members[0].person.discretion, reading.problems) == (frozenset(wishes), ())


def test_whoever_wishes_something_misspelt_is_written_to_as_little_as_possible_until_it_is_corrected():
    reading = read(a_member(), a_member(email="eva@example.org", discretion="minimall, text only"))

    assert told(reading.problems) == [("discretion", 3, "notice")]
    assert "“minimall” (nearest: “minimal”)" in wrong(reading.problems[0])
    assert [member.person.discretion for member in reading.members] == [frozenset(), {"minimal"}]


def test_wishes_hold_for_presenters_who_are_not_subscribed_and_add_up_where_an_address_stands_twice():
    rows = [a_member(subscribed=False, discretion=one) for one in ("text only", "no calendar file")]
    reading = read(*rows)

    asked = reading.wishes.asked(Person("Ana", "ana@example.org", "ana@example.org"))
    assert (reading.members, asked.discretion) == ((), {"text-only", "no-calendar"})


def test_while_the_tab_cannot_be_read_everybody_is_written_to_as_little_as_possible():
    reading = read(a_member(discretion="full"), without=("email",))

    assert reading.wishes.asked(Person("Ana", "ana@example.org", "ana@example.org")).discretion == {"minimal"}


def test_a_sheet_without_the_newer_columns_is_used_as_it_is():
    reading = read(a_member(), without=("country", "topics", "kinds", "discretion"))

    assert (len(reading.members), reading.problems) == (1, ())


@pytest.mark.parametrize(
    ("member", "topics", "wanted"),
    [
        ({}, {"climate"}, True),
        ({"topics": {"climate"}}, set(), True),
        ({"topics": {"climate", "peace"}}, {"climate", "gbv"}, True),
        ({"topics": {"climate"}}, {"gbv"}, False),
        ({"kinds": {"invitations"}}, set(), True),
        ({"kinds": {"reminders", "recordings"}}, set(), False),
        ({"unsubscribed": True}, set(), False),
    ],
)
def test_an_invitation_is_wanted_by_whoever_did_not_choose_otherwise(member, topics, wanted):
    somebody = Member(Person("Ana", "ana@example.org", "ana@example.org"), "es", "", 2, **member)

    assert somebody.wants(News.invitations, topics) is wanted
