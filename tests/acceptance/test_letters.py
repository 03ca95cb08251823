"""The letters at work: a translation that cannot be used, a language more, and mails that are sent to try them out."""

import asyncio
from datetime import timedelta

import pytest

from tasks.chapter import chapter, collecting
from tasks.domain.addresses import person
from tasks.domain.effects import EffectState
from tasks.domain.letter_files import source_hash
from tasks.domain.mail_identity import MailKind
from tasks.services import open_services, using
from tasks.trial_mails import send_tests
from tests.acceptance.people import (
    A_MEMBER,
    FEBRUARY,
    MARCH,
    add,
    an_answer,
    attention,
    confirm_talk,
    effects_of,
    fault,
    recipient,
    send_in,
    sent,
    told,
)
from tests.domain.pseudo_language import CODE, NAME, copy_with_pseudo_language

LATER = MARCH + timedelta(minutes=5)
TESTER = "zoe@example.org"


@pytest.fixture
def house(tmp_path):
    """Copies of config and templates, with a language more, that a test may change."""
    folder = tmp_path / "house"
    folder.mkdir()
    return copy_with_pseudo_language(folder)


@pytest.fixture
def office(open_office, house):
    """An office whose letters a test may change."""
    office = open_office(templates=house[1])
    office.config = house[0]
    return office


def letter(house, kind, code):
    return house[1] / "mail" / kind / f"{code}.md"


def try_out(office, kinds=(MailKind.invitation,), languages=("en",), *, live=True, now=FEBRUARY):
    """As `colab send-test` does."""

    async def run():
        async with chapter("send-test", now=now, live=live) as one:
            await send_tests(one, person("", TESTER), kinds, languages)

    with open_services(office.settings) as services, using(services), collecting() as outcomes:
        asyncio.run(run())
    return outcomes[0]


# ------------------------------------------------------------------------------------------------ translations
def test_who_reads_a_language_whose_letter_is_missing_gets_the_stand_in_and_staff_are_told(office, house):
    letter(house, "invitation", "fr").unlink()
    add(office, "Members", {**A_MEMBER, "Language": "fr"})
    confirm_talk(office, Presenters="")

    office.run("invitations", now=MARCH)

    assert told(office) == [("sipho@example.net", "en")]
    assert attention(office) == [
        (
            "To",
            "Letters",
            "",
            "",
            (
                "Not translated into French yet: invitation/fr.md. "
                "Until they are, people who read it get these letters in English."
            ),
            "Ask somebody who writes French well; “colab templates check” says what each file needs.",
        )
    ]


def test_a_letter_that_was_mended_is_used_from_the_next_run_on(office, house):
    french = letter(house, "acknowledgement", "fr")
    text = french.read_text(encoding="utf-8")
    french.write_text(text.replace("{{ ref }}", "{{ réf"), encoding="utf-8")
    send_in(office, "fr", an_answer("fr", email="adela@example.org"))
    office.run("intake")
    french.write_text(text, encoding="utf-8")
    send_in(office, "fr", an_answer("fr", email="otieno@example.org", title="Une autre", summary="Tout autre chose"))

    office.run("intake", now=FEBRUARY + timedelta(minutes=5))

    assert told(office) == [("adela@example.org", "en"), ("otieno@example.org", "fr")]
    assert [(state, sheet) for state, sheet, *_ in attention(office)] == [("Solved", "Letters")]


def test_a_changed_original_is_told_once_a_language_however_many_letters(office, house):
    for kind in ("invitation", "removed"):
        original = letter(house, kind, "en")
        original.write_text(original.read_text(encoding="utf-8") + "\nP.S.\n", encoding="utf-8")
        french = letter(house, kind, "fr")
        current = source_hash(original.read_text(encoding="utf-8"))
        lines = french.read_text(encoding="utf-8").splitlines(keepends=True)
        french.write_text(
            "".join(f'source = "{current}"\n' if line.startswith("source") else line for line in lines),
            encoding="utf-8",
        )

    office.run("intake")

    told_of = {what for _, sheet, *_, what, _ in attention(office) if sheet == "Letters"}
    assert {what.partition(" have changed")[0] for what in told_of} == {
        "The originals of invitation/es.md and removed/es.md",
        f"The originals of invitation/{CODE}.md and removed/{CODE}.md",
    }


def test_a_member_is_invited_in_a_language_in_which_there_is_no_form(office):
    add(office, "Members", {**A_MEMBER, "Language": NAME, "Time zone": "Asia/Jerusalem"})
    confirm_talk(office, Presenters="")

    outcome = office.run("invitations", now=MARCH)

    assert outcome.problems == []
    assert told(office) == [("sipho@example.net", CODE)]
    [mail] = sent(office)
    assert '<html lang="he" dir="rtl">' in mail.get_body(("html",)).get_content()


# ------------------------------------------------------------------------------------------------ test mails
def test_a_rehearsal_says_which_tests_it_would_send(office):
    outcome = try_out(office, live=False, languages=("en", "fr"))

    assert outcome.done == ["test of invitation in en", "test of invitation in fr"]
    assert (sent(office), effects_of(office)) == ([], {})


def test_tests_go_to_one_address_and_say_that_they_are_tests(office):
    outcome = try_out(office, kinds=tuple(MailKind), languages=("es",))

    mails = sent(office)
    assert (len(mails), outcome.failed) == (len(MailKind), [])
    assert {recipient(mail) for mail in mails} == {TESTER}
    assert all("[Prueba] " in mail["Subject"] for mail in mails)
    assert {effect.state for effect in effects_of(office).values()} == {EffectState.sent}


def test_a_second_series_of_tests_is_sent_again(office):
    try_out(office)

    try_out(office, now=FEBRUARY + timedelta(seconds=1))

    assert len(sent(office)) == 2


def test_tests_count_in_what_the_provider_takes_and_stop_there(office):
    programme = office.config / "programme.toml"
    text = programme.read_text(encoding="utf-8")
    programme.write_text(text.replace("per_minute = 50", "per_minute = 3"), encoding="utf-8")

    first = try_out(office, kinds=tuple(MailKind))
    second = try_out(office, now=FEBRUARY + timedelta(seconds=1))

    assert (len(first.done), first.held) == (3, ["15 test mails: the provider takes no more now; ask again later"])
    assert (second.done, second.held) == ([], ["1 test mails: the provider takes no more now; ask again later"])
    assert len(effects_of(office)) == 3


def test_tests_hold_up_nobody_elses_mail(office):
    programme = office.config / "programme.toml"
    text = programme.read_text(encoding="utf-8")
    programme.write_text(text.replace("hold_above_an_hour = 300", "hold_above_an_hour = 2 "), encoding="utf-8")
    try_out(office, kinds=tuple(MailKind))
    send_in(office, "en", an_answer(email="adela@example.org"))

    outcome = office.run("intake", now=FEBRUARY + timedelta(minutes=5))

    assert outcome.held == []
    assert ("adela@example.org", "en") in told(office)


def test_a_test_that_fails_is_red_and_needs_nobody_later(office):
    fault(office, "POST", "/drafts$", "status", status=400)

    outcome = try_out(office)
    office.run("intake", now=FEBRUARY + timedelta(minutes=5))

    assert outcome.red
    assert {effect.state for effect in effects_of(office).values()} == {EffectState.cancelled}
    assert attention(office) == []


def test_a_test_that_breaks_a_rule_is_not_sent_and_says_which(office, house):
    english = letter(house, "accepted", "en")
    english.write_text(english.read_text(encoding="utf-8") + "\n[here](https://evil.example.net/)\n", encoding="utf-8")

    rehearsed = try_out(office, kinds=[MailKind.accepted], live=False)
    outcome = try_out(office, kinds=[MailKind.accepted])
    office.run("intake", now=FEBRUARY + timedelta(minutes=5))

    assert "B5: " in rehearsed.failed[0]
    assert "B5: " in outcome.failed[0]
    assert sent(office) == []
    assert [line for line in attention(office) if line[1] != "Letters"] == []


def test_a_test_whose_answer_was_lost_is_looked_up_like_any_mail(office):
    fault(office, "POST", "/drafts/send$", "drop-after")

    try_out(office)
    office.run("invitations", now=LATER)

    assert len(sent(office)) == 1
    assert {effect.state for effect in effects_of(office).values()} == {EffectState.sent}


def test_in_the_mode_allowlist_tests_go_only_to_whom_it_names(open_office):
    office = open_office(mode="allowlist")

    outcome = try_out(office)

    assert outcome.failed == ["COLAB_MODE is allowlist, and programme.toml does not list this address"]
    assert (sent(office), effects_of(office)) == ([], {})
