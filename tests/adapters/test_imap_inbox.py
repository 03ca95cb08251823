"""New mail of a real IMAP server: what is new, told once and in order, and left as it was."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tasks.adapters.imap_inbox import ImapInbox
from tasks.domain.faults import NotFound, Refused, TryLater
from tasks.domain.incoming.arrivals import read_mail
from tests.adapters.dovecot import dovecot, mailbox, needs_dovecot, put
from tests.domain.report_builders import SERVERS, a_reply, a_report, a_wish, no_report, wire

pytestmark = needs_dovecot
LONG_AGO = datetime.now(UTC) - timedelta(days=30)


@pytest.fixture(scope="module")
def server():
    with dovecot() as server:
        yield server


@pytest.fixture
def inbox(server):
    with mailbox(server) as imap:
        if int(imap.select("INBOX")[1][0]):
            imap.store("1:*", "+FLAGS", r"(\Deleted)")
            imap.expunge()
    opened = ImapInbox(server)
    yield opened
    opened.close()


def arrive(server, *mails):
    for raw in mails:
        put(server, raw, "INBOX")


def flags(server):
    with mailbox(server) as imap:
        imap.select("INBOX", readonly=True)
        return imap.fetch("1:*", "(FLAGS)")[1]


def subjects(page):
    return [one.headers.get("Subject") for one in page.arrivals]


def test_what_is_new_is_told_once_and_in_order(server, inbox):
    arrive(server, a_wish("one"), a_wish("two"))
    first = inbox.new("", LONG_AGO)
    arrive(server, a_wish("three"))

    second = inbox.new(first.point, LONG_AGO)
    third = inbox.new(second.point, LONG_AGO)

    assert [subjects(page) for page in (first, second, third)] == [["one", "two"], ["three"], []]
    assert (second.point, second.more) == (third.point, False)


def test_an_empty_mailbox_has_a_point_too(server, inbox):
    point = inbox.new("", LONG_AGO).point
    arrive(server, a_wish("first"))

    assert subjects(inbox.new(point, LONG_AGO)) == ["first"]


def test_a_mailbox_that_was_numbered_anew_is_read_again_from_the_beginning(server, inbox):
    arrive(server, a_wish("one"))
    inbox.new("", LONG_AGO)

    assert subjects(inbox.new("12345:999", LONG_AGO)) == ["one"]


@pytest.mark.parametrize("name", SERVERS)
def test_reports_are_recognised_from_outside_and_read_whole(server, inbox, name):
    raw = a_report(name)
    arrive(server, raw)

    (arrival,) = inbox.new("", LONG_AGO).arrivals

    assert arrival.is_for_us
    assert read_mail(inbox.read(arrival)) == read_mail(raw) is not None


@pytest.mark.parametrize(
    "raw", [a_reply(), a_wish("unsubscribe ABCDEFGH23"), a_wish("=?utf-8?q?unsubscribe_ABCDEFGH23?=")]
)
def test_answers_and_wishes_are_recognised_from_outside(server, inbox, raw):
    arrive(server, raw)

    (arrival,) = inbox.new("", LONG_AGO).arrivals

    assert arrival.is_for_us
    assert read_mail(inbox.read(arrival)) is not None


@pytest.mark.parametrize(
    "raw",
    [
        no_report("out of office"),
        a_wish("Hello"),
        wire('Content-Type: application/pdf; name="a (calendar) \\"x.pdf"\n\nx'),
        wire('Content-Type: image/png; name="=?utf-8?q?é?="\nSubject: =?nonsense?=\n\nx'),
        wire("\n"),
    ],
)
def test_other_mail_is_for_people(server, inbox, raw):
    arrive(server, raw)

    assert [one.is_for_us for one in inbox.new("", LONG_AGO).arrivals] == [False]


def test_nothing_in_the_mailbox_is_changed(server, inbox):
    arrive(server, a_report(), a_wish("Hello"))
    before = flags(server)

    for arrival in inbox.new("", LONG_AGO).arrivals:
        inbox.read(arrival)
    inbox.close()

    assert flags(server) == before


def test_a_mail_that_somebody_deleted_meanwhile_is_not_there(server, inbox):
    arrive(server, a_report())
    (arrival,) = inbox.new("", LONG_AGO).arrivals

    with pytest.raises(NotFound):
        inbox.read(replace(arrival, id="4000000"))


def test_more_mails_than_are_asked_for_at_once_come_in_pages(server, inbox):
    with mailbox(server) as imap:
        for number in range(203):
            imap.append("INBOX", "", "", a_wish(f"{number}"))

    first = inbox.new("", LONG_AGO)
    second = inbox.new(first.point, LONG_AGO)

    assert (len(first.arrivals), first.more, subjects(second), second.more) == (200, True, ["200", "201", "202"], False)


def test_a_log_in_that_is_refused_and_a_server_that_is_gone_are_told(server):
    with pytest.raises(Refused, match="COLAB_IMAP_USER"):
        ImapInbox(replace(server, password="wrong")).new("", LONG_AGO)  # noqa: S106 (of a test)
    with pytest.raises(TryLater, match="cannot be reached"):
        ImapInbox(replace(server, port=1)).new("", LONG_AGO)
