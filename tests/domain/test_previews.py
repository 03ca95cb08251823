"""Every mail can be looked at before anybody gets one, in every language and every unusual case."""

import re
from html import unescape
from itertools import product

import pytest

from tasks.domain.keys import is_ref
from tasks.domain.mail_expectations import expect
from tasks.domain.mail_identity import NATURE, MailKind
from tasks.domain.message_rules import findings
from tasks.domain.previews import previews
from tasks.domain.samples import LINK, REF, SAMPLES, Case, about_sample, compose_sample
from tasks.domain.trial_letters import as_tests
from tests.domain.golden_mails import FOLDER, golden_files, shown
from tests.domain.letter_builders import LANGUAGES, LETTERS, MADE_AT, SENDER, calendar_of, html_of, in_turn, text_of
from tests.domain.mail_mutants import HOUSE
from tests.examples import EXPLORING

EACH = pytest.mark.parametrize("kind", MailKind)


def in_every_language(kind):
    return [one for language in LANGUAGES for one in shown(kind, language)]


def of(kind, case, language="en", letters=LETTERS):
    chosen = LANGUAGES[language]
    return compose_sample(letters, SENDER, kind, SAMPLES[case], key="x", language=chosen, made_at=MADE_AT)


def words(text):
    return re.findall(r"\w+", text)


@EACH
def test_every_kind_is_there_in_every_language_and_first_as_usual(kind):
    for language in LANGUAGES:
        first, *others = shown(kind, language)
        assert (first.kind, first.language, first.case, first.mail.language) == (kind, language, Case.usual, language)
        assert Case.usual not in [one.case for one in others]


@pytest.mark.parametrize(
    ("kind", "cases"),
    [
        (MailKind.acknowledgement, {Case.usual, Case.text_only}),
        (MailKind.accepted, set(Case) - {Case.no_zone, Case.no_calendar}),
        (MailKind.schedule_proposal, set(Case) - {Case.no_calendar}),
        (MailKind.invitation, set(Case)),
        (MailKind.removed, set(Case)),
    ],
)
def test_every_unusual_case_is_there_for_every_kind_that_it_changes(kind, cases):
    assert {one.case for one in shown(kind)} == cases


def test_no_two_previews_are_written_to_one_file():
    names = [
        name for kind, code in product(MailKind, LANGUAGES) for one in shown(kind, code) for name, _ in one.files()
    ]

    assert len(set(names)) == len(names)


@EACH
def test_a_preview_is_the_mail_and_its_parts(kind):
    for one in in_every_language(kind):
        files = {name.removeprefix(f"{one.stem}."): content for name, content in one.files()}

        page = set() if one.case is Case.text_only else {"html"}
        brings = NATURE[kind].method and one.case not in {Case.minimal, Case.no_calendar}
        assert set(files) == {"eml", "txt", *page, *(["ics"] if brings else [])}
        assert (files["eml"], files["txt"].decode()) == (one.mail.raw, text_of(one.mail))
        assert not page or files["html"].decode() == html_of(one.mail)
        assert not one.has_calendar or files["ics"] == calendar_of(one.mail)


@EACH
def test_the_text_and_the_page_say_the_same(kind):
    for one in filter(lambda one: one.has_page, in_every_language(kind)):
        page = re.search(r"<h1.*</td>", html_of(one.mail), re.DOTALL)[0]

        said = words(text_of(one.mail).replace(LINK, ""))
        assert words(unescape(re.sub(r"<[^>]+>", " ", page))) == said, one.stem


@EACH
def test_every_preview_keeps_the_rules(kind):
    assert {one.stem: one.broken for one in in_every_language(kind) if one.broken} == {}


@pytest.mark.parametrize("kind", MailKind)
def test_every_test_mail_keeps_the_rules(kind):
    code = in_turn(list(MailKind).index(kind))
    languages = LANGUAGES if EXPLORING else {code: LANGUAGES[code]}
    for one in previews(as_tests(LETTERS), HOUSE, languages, kinds=[kind], made_at=MADE_AT):
        assert one.broken == (), one.stem


def test_a_sample_can_never_meet_a_real_session_in_a_calendar():
    assert not is_ref(REF)


def test_the_usual_reader_can_have_another_name():
    one, _ = previews(
        LETTERS, HOUSE, {"en": LANGUAGES["en"]}, kinds=[MailKind.acknowledgement], name="Zoé", made_at=MADE_AT
    )
    named = list(
        previews(LETTERS, HOUSE, {"en": LANGUAGES["en"]}, kinds=[MailKind.accepted], name="Zoé", made_at=MADE_AT)
    )

    assert "Zoé" not in text_of(one.mail)
    assert {one.case for one in named if "Hello Zoé," in text_of(one.mail)} == {Case.usual, Case.text_only}
    assert all("Zoé" not in text_of(one.mail) for one in named if one.case is Case.minimal)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", MailKind)
def test_a_test_mail_says_so_wherever_it_is_seen_and_is_the_same_otherwise(kind, language):
    labels = LETTERS.labels[language]
    real, test = of(kind, Case.usual, language), of(kind, Case.usual, language, as_tests(LETTERS))

    about = about_sample(kind, SAMPLES[Case.usual], language=LANGUAGES[language], made_at=MADE_AT)
    assert findings(test.raw, expect(test, about, HOUSE, MADE_AT)) == ()
    assert test.subject.replace(f"{labels['test']} ", "") == real.subject != test.subject
    assert text_of(test) == f"{labels['test_note']}\n\n{text_of(real)}"
    if NATURE[kind].method:
        [summary] = re.findall(r"SUMMARY[^:]*:(.*?)\r\n(?! )", calendar_of(test).decode(), re.DOTALL)
        assert summary.replace("\r\n ", "").startswith(labels["test"])


# ------------------------------------------------------------------------------------------------ golden mails
"""No mail changes unseen: each is compared with the files in tests/golden that were looked at when it last changed."""


@EACH
def test_a_mail_is_as_it_was_when_somebody_looked_at_it(kind):
    files = (file for language in LANGUAGES for file in golden_files(kind, language).items())
    for name, content in files:
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
