"""Letters that staff ask for in their sheets: to whom they mean, in the reader's language, once."""

from dataclasses import replace
from datetime import timedelta

from tests.acceptance.people import (
    FEBRUARY,
    MARCH,
    an_answer,
    attention,
    configuration,
    fault,
    plan_session,
    recipient,
    send_in,
    sent,
    set_session,
    shown,
)
from tests.acceptance.test_history import note

DAY = timedelta(days=1)
MINUTES = timedelta(minutes=5)


def write(office, **cells):
    """Staff type into the first row of Submissions."""
    for name, value in cells.items():
        office.type("register", "Submissions", 2, name.replace("_", " "), value)


def letters(office):
    """Whom the mails after the acknowledgement went to, their language, and their words."""
    return [(recipient(one), one["Content-Language"], _text(one)) for one in sent(office)[1:]]


def _text(mail):
    return mail.get_body(("plain",)).get_content()


def test_a_word_sends_a_letter_once_as_corrected_by_staff_and_its_cell_is_emptied(office):
    send_in(office, "en", an_answer())
    office.run("intake")
    office.type("register", "Submissions", 2, "E-mail", "w@example.net")
    write(office, Send_letter="Welcom", Preface="We met in Nairobi.", Language="es")
    office.run("intake", now=FEBRUARY + MINUTES)
    write(office, Send_letter="Welcome")
    office.run("intake", now=FEBRUARY + 2 * MINUTES)
    lines = [(line[0], line[3]) for line in attention(office)]
    assert (letters(office), lines) == ([], [("Solved", "Send letter"), ("To", "Contact person")])

    write(office, Contact_person="Ana Ruiz")
    fault(office, "POST", r"sandbox-register:batchUpdate$", "drop-before")
    assert office.run("intake", now=FEBRUARY + 3 * MINUTES).red  # it dies before the cell is emptied
    office.run("intake", now=FEBRUARY + DAY)

    [(address, language, text)] = letters(office)
    assert (address, language) == ("w@example.net", "es")
    assert "We met in Nairobi." in text
    assert "Ana Ruiz" in text
    assert shown(office, "Submissions", "Send letter", "Preface") == [("", "We met in Nairobi.")]
    [(state,)] = shown(office, "Submissions", "State")
    assert "letter “Welcome” sent 16 Feb 2024 03:15" in state
    assert "16 Feb 2024 03:15: letter “Welcome” sent" in note(office).splitlines()
    ((ref,),) = shown(office, "Submissions", "Ref")
    asked = {"ref": ref.lower(), "letter": "missing_answer", "now": FEBRUARY + DAY}
    assert office.run("send-letter", live=False, **asked).done[0] == f"{ref}: letter missing answer in es"
    office.run("send-letter", **asked)
    office.run("send-letter", **asked)
    assert ["¿Cuándo podría realizarse la sesión?" in text for *_, text in letters(office)] == [False, True]


def test_a_letter_about_a_proposal_whose_session_is_a_safer_one_does_not_say_what_it_is_about(office):
    send_in(office, "en", an_answer())
    office.run("intake")
    write(office, Decision="Accepted", Contact_person="Ana Ruiz")
    office.run("scheduling", now=FEBRUARY + MINUTES)
    ((ref,),) = shown(office, "Sessions", "Ref")
    set_session(office, ref, Safer=True)
    write(office, Send_letter="Accepted")

    assert not office.run("intake", now=FEBRUARY + 2 * MINUTES).red

    assert len(letters(office)) == 1
    assert "delivery room" not in sent(office)[1].as_string()


def test_a_date_is_proposed_to_the_presenters_of_a_draft_once_and_anew_when_it_has_changed(office):
    plan_session(office, Status="Draft", Send_letter="Date proposal", Preface="Is this too late for you?")
    fault(office, "POST", r"sandbox-register:batchUpdate$", "drop-before")
    assert office.run("invitations", now=MARCH).red
    office.run("invitations", now=MARCH + DAY)
    [mail] = sent(office)
    assert (recipient(mail), "2024-05-16 12:00 UTC" in _text(mail)) == ("wanjiru@example.org", True)
    assert "Is this too late for you?" in _text(mail)
    assert "date proposed to 1, last on 4 Mar 2024 04:30" in shown(office, "Sessions", "State")[0][0]
    assert shown(office, "Sessions", "Send letter") == [("",)]

    set_session(office, "TALK1", Start_time="17:00")
    office.run("invitations", now=MARCH + DAY + MINUTES)
    assert len(sent(office)) == 1
    set_session(office, "TALK1", Send_letter="Date proposal")
    office.run("invitations", now=MARCH + DAY + 2 * MINUTES)
    assert ["2024-05-16 14:00 UTC" in _text(one) for one in sent(office)] == [False, True]


def test_staff_get_one_overview_a_week_that_names_nobody_and_none_without_news(office, tmp_path):
    programme = configuration(tmp_path / "digest", forms_api=False) / "programme.toml"
    text = programme.read_text(encoding="utf-8")
    programme.write_text(text.replace("addresses = []", 'addresses = ["ana@example.org"]', 1), encoding="utf-8")
    office = replace(office, config=programme.parent)
    assert office.run("digest").skipped["nothing to say"] == 1
    send_in(office, "en", an_answer(), an_answer(email="Wanjiru Kamau"))
    office.run("intake", now=FEBRUARY + MINUTES)

    for later in (2 * MINUTES, 2 * MINUTES, DAY):
        assert not office.run("digest", now=FEBRUARY + later).red

    [mail] = sent(office)[1:]
    assert (recipient(mail), mail["Subject"]) == ("ana@example.org", "Overview of Monday, 12 February 2024")
    assert "“Email Address” in row 3 does not hold one e-mail address." in _text(mail)
    assert "1 acknowledgements" in _text(mail)
    assert [word for word in ("anjiru", "Fathers", "@example") if word in _text(mail)] == []
    office.run("digest", now=FEBRUARY + 7 * DAY)
    assert len(sent(office)) == 3
