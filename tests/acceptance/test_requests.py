"""What a run asks of Google: one request a spreadsheet however many rows, one write, and in rehearsal none."""

import sqlite3
from datetime import timedelta

import pytest

from tests.acceptance.people import (
    A_MEMBER,
    FEBRUARY,
    FLOWS,
    MARCH,
    add,
    an_answer,
    asked,
    confirm_talk,
    events,
    forget_requests,
    plan_session,
    send_in,
    sent,
    writes,
)

LATER = FEBRUARY + timedelta(minutes=5)
READ = ("GET", "sheets.spreadsheets.get")
AFTER = MARCH.replace(month=5, day=16, hour=14, minute=0)


@pytest.fixture
def busy(office):
    """An office in which every flow has something to do."""
    send_in(office, "en", an_answer(), an_answer(email="none"))
    office.run("intake")
    office.type("register", "Submissions", 2, "Decision", "Accepted")
    confirm_talk(office)
    (event,) = events(office)
    plan_session(office, Ref="TALK2", Date="2024-06-20")
    add(office, "Members", A_MEMBER)
    office.control("clock", now=AFTER.isoformat())
    code = event["hangoutLink"].rsplit("/", 1)[-1]
    office.control("recordings", meeting_code=code, started=(AFTER - timedelta(hours=2)).isoformat(), minutes=88)
    send_in(office, "fr", an_answer("fr", email="luc@example.org", timestamp="2024-02-16T09:00:00"))
    return office


def ledger(office):
    with sqlite3.connect(office.folder / "ledger.sqlite") as connection:
        rows = list(connection.iterdump())
    connection.close()
    return rows


@pytest.mark.parametrize("rows", [1, 300])
def test_an_idle_poll_asks_once_for_each_sheet_however_many_answers_there_are(office, rows):
    old = [an_answer(email=f"{n}@example.org", timestamp="2023-05-01T10:00:00") for n in range(rows)]
    send_in(office, "en", *old)
    office.run("intake")
    forget_requests(office)

    outcome = office.run("intake", now=LATER)

    assert (outcome.done, asked(office)) == ([], [READ] * 4)
    assert outcome.requests == {"sheets": {"GET": 4}}


@pytest.mark.parametrize("flow", FLOWS[1:])
def test_another_flow_asks_once_when_there_is_nothing_to_do(office, flow):
    send_in(office, "en", an_answer())
    add(office, "Members", A_MEMBER)
    office.run("intake")
    confirm_talk(office)
    office.run("invitations", now=MARCH)
    forget_requests(office)

    outcome = office.run(flow, now=MARCH + timedelta(minutes=5))

    assert (outcome.done, asked(office)) == ([], [READ])


def test_a_poll_with_news_of_every_kind_writes_once_to_the_register(office):
    send_in(office, "en", an_answer())
    office.run("intake")
    office.type("register", "Submissions", 2, "State", "typed over by mistake")
    for code in ("en", "es", "fr"):
        somebody = {"email": f"{code}@example.org", "contact_name": f"Somebody {code.upper()}"}
        send_in(office, code, an_answer(code, **somebody), an_answer(code, email="none"))
    forget_requests(office)

    office.run("intake", now=LATER)

    beside_mail = [operation for operation in writes(office) if not operation.startswith("gmail.")]
    assert beside_mail == ["sheets.spreadsheets.batchUpdate"]
    assert writes(office).count("gmail.users.drafts.send") == 3


@pytest.mark.parametrize(
    ("flow", "more"),
    [*((flow, {}) for flow in FLOWS), ("resend-invites", {"session": "TALK1"})],
)
def test_a_rehearsal_changes_nothing_anywhere_and_says_what_would_be_done(busy, flow, more):
    now = AFTER if flow == "recordings" else MARCH
    if flow == "resend-invites":
        busy.run("invitations", now=now)
    before, mails = ledger(busy), len(sent(busy))
    forget_requests(busy)

    outcome = busy.run(flow, live=False, now=now, **more)

    assert outcome.done != []
    assert {method for method, _ in asked(busy)} == {"GET"}
    assert (ledger(busy), len(sent(busy))) == (before, mails)


@pytest.mark.parametrize("flow", FLOWS)
def test_a_rehearsal_is_followed_by_the_same_live_run(busy, flow):
    now = AFTER if flow == "recordings" else MARCH

    rehearsal, live = (busy.run(flow, live=live, now=now) for live in (False, True))

    named = [line for line in rehearsal.done if not line.startswith(("register", "archive"))]
    assert named == [line for line in live.done if not line.startswith(("register", "archive"))]
    assert live.requests != rehearsal.requests


def test_the_report_counts_the_requests_that_were_made(busy):
    forget_requests(busy)

    outcome = busy.run("recordings", now=AFTER)

    made = [(operation.split(".")[0], method) for method, operation in asked(busy)]
    assert outcome.requests == {
        api: {method: made.count((api, method)) for of, method in dict.fromkeys(made) if of == api}
        for api in sorted({api for api, _ in made})
    }
