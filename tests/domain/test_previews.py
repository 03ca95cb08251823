"""Every mail can be looked at before anybody gets one, in every language and every unusual case."""

import re
from html import unescape

import pytest

from tasks.domain.keys import is_ref
from tasks.domain.mail_identity import NATURE, MailKind
from tasks.domain.previews import previews
from tasks.domain.samples import LINK, REF, SAMPLES, Case, compose_sample
from tasks.domain.trial_letters import as_tests
from tests.domain.letter_builders import LANGUAGES, LETTERS, MADE_AT, SENDER, calendar_of, html_of, read, text_of
from tests.domain.mail_mutants import HOUSE

EVERY = list(previews(LETTERS, HOUSE, LANGUAGES, made_at=MADE_AT))


def of(kind, case, language="en", letters=LETTERS):
    chosen = LANGUAGES[language]
    return compose_sample(letters, SENDER, kind, SAMPLES[case], key="x", language=chosen, made_at=MADE_AT)


def words(text):
    return re.findall(r"\w+", text)


def test_every_kind_is_there_in_every_language():
    usual = {(one.kind, one.language) for one in EVERY if one.case is Case.usual}

    assert usual == {(kind, language) for kind in MailKind for language in LANGUAGES}


def test_every_unusual_case_is_there_for_every_kind_that_it_changes():
    shown = {kind: {one.case for one in EVERY if one.kind is kind} for kind in MailKind}

    assert shown[MailKind.acknowledgement] == {Case.usual}
    assert shown[MailKind.accepted] == set(Case) - {Case.no_zone}
    assert shown[MailKind.invitation] == shown[MailKind.schedule_proposal] == shown[MailKind.removed] == set(Case)


def test_no_two_previews_are_written_to_one_file():
    names = [name for one in EVERY for name, _ in one.files()]

    assert len(set(names)) == len(names)


@pytest.mark.parametrize("one", EVERY, ids=lambda one: one.stem)
def test_a_preview_is_the_mail_and_its_parts(one):
    files = dict(one.files())
    endings = {"eml", "txt", "html"} | ({"ics"} if NATURE[one.kind].method else set())

    assert {name.rpartition(".")[2] for name in files} == endings
    assert files[f"{one.stem}.eml"] == one.mail.raw
    assert files[f"{one.stem}.txt"].decode() == text_of(one.mail)
    assert files[f"{one.stem}.html"].decode() == html_of(one.mail)
    if one.has_calendar:
        assert files[f"{one.stem}.ics"] == calendar_of(one.mail)


@pytest.mark.parametrize("one", EVERY, ids=lambda one: one.stem)
def test_the_text_and_the_page_say_the_same(one):
    page = re.search(r"<h1.*</td>", html_of(one.mail), re.DOTALL)[0]

    shown = words(unescape(re.sub(r"<[^>]+>", " ", page)))
    assert shown == words(text_of(one.mail).replace(LINK, ""))


@pytest.mark.parametrize("one", EVERY, ids=lambda one: one.stem)
def test_an_unusual_case_breaks_no_rule_of_the_wire(one):
    raw = one.mail.raw

    assert raw.isascii()
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    assert len(one.mail.subject) <= 78
    assert [address.addr_spec for address in read(one.mail)["To"].addresses] == ["amina@example.org"]


@pytest.mark.parametrize("one", EVERY, ids=lambda one: one.stem)
def test_every_preview_keeps_the_rules(one):
    assert one.broken == ()


@pytest.mark.parametrize("kind", MailKind)
def test_every_test_mail_keeps_the_rules(kind):
    for one in previews(as_tests(LETTERS), HOUSE, LANGUAGES, kinds=[kind], made_at=MADE_AT):
        assert one.broken == (), one.stem


def test_a_sample_can_never_meet_a_real_session_in_a_calendar():
    assert not is_ref(REF)


def test_the_usual_reader_can_have_another_name():
    [one] = previews(
        LETTERS, HOUSE, {"en": LANGUAGES["en"]}, kinds=[MailKind.acknowledgement], name="Zoé", made_at=MADE_AT
    )
    named = list(
        previews(LETTERS, HOUSE, {"en": LANGUAGES["en"]}, kinds=[MailKind.accepted], name="Zoé", made_at=MADE_AT)
    )

    assert "Zoé" not in text_of(one.mail)
    assert ["Hello Zoé," in text_of(one.mail) for one in named] == [True, *[False] * (len(named) - 1)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", MailKind)
def test_a_test_mail_says_so_wherever_it_is_seen_and_is_the_same_otherwise(kind, language):
    labels = LETTERS.labels[language]
    real, test = of(kind, Case.usual, language), of(kind, Case.usual, language, as_tests(LETTERS))

    assert test.subject.replace(f"{labels['test']} ", "") == real.subject != test.subject
    assert text_of(test) == f"{labels['test_note']}\n\n{text_of(real)}"
    if NATURE[kind].method:
        [summary] = re.findall(r"SUMMARY[^:]*:(.*?)\r\n(?! )", calendar_of(test).decode(), re.DOTALL)
        assert summary.replace("\r\n ", "").startswith(labels["test"])
