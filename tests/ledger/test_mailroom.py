"""What the ledger keeps of mail that arrives: heard once, whatever happens; and from whom mail is kept."""

from datetime import timedelta

import pytest

from tasks.domain.effects import EffectState
from tasks.domain.incoming.coming import Coming
from tasks.domain.suppression import Reason, Suppression
from tasks.ledger.ledger import Ledger
from tests.ledger.ledger_builders import KEY, LATER, NOW, at_state

GONE = Suppression("eva", Reason.bounced, NOW, "5.1.1")
LEFT = Suppression("eva", Reason.unsubscribed, NOW)


def back(ledger, identity="report 1", suppression=GONE, key=KEY, now=NOW):
    return ledger.mailroom.came_back(identity, ledger.effect(key), "5.1.1", suppression, now)


@pytest.mark.parametrize("state", [EffectState.sent, EffectState.sending, EffectState.uncertain])
def test_a_report_moves_the_mail_and_suppresses_the_address_at_once(ledger, state):
    at_state(ledger, state)

    assert back(ledger, now=LATER)

    effect = ledger.effect(KEY)
    assert (effect.state, effect.detail) == (EffectState.bounced, "5.1.1")
    assert effect.settled_at == (NOW if state is EffectState.sent else LATER)
    assert ledger.suppressions.in_force() == [GONE]
    assert ledger.suppressions.persons(Reason.bounced) == {"eva"}


@pytest.mark.parametrize("state", [EffectState.ready, EffectState.held, EffectState.failed, EffectState.expired])
def test_a_mail_that_surely_did_not_go_out_stays_as_it_is(ledger, state):
    at_state(ledger, state)

    back(ledger)

    assert ledger.effect(KEY).state is state


def test_a_report_is_heard_once(ledger):
    at_state(ledger, EffectState.sent)
    assert back(ledger)
    ledger.suppressions.lift(GONE.subject, LATER)

    assert not back(ledger, now=LATER)

    assert ledger.mailroom.is_heard("report 1")
    assert ledger.suppressions.in_force() == []


def test_a_second_report_changes_nothing_while_the_address_is_suppressed(ledger):
    at_state(ledger, EffectState.sent)
    back(ledger)

    back(ledger, "report 2", Suppression("eva", Reason.bounced, LATER, "5.2.1"), now=LATER)

    assert ledger.suppressions.in_force() == [GONE]


def test_a_suppression_ends_when_staff_say_so_and_the_next_is_another_one(ledger):
    at_state(ledger, EffectState.sent)
    back(ledger)
    assert ledger.suppressions.lift(GONE.subject, LATER)
    assert not ledger.suppressions.lift(GONE.subject, LATER)
    assert ledger.suppressions.lifted_at("eva") == LATER
    again = Suppression("eva", Reason.bounced, LATER + timedelta(hours=1), "5.1.1")

    back(ledger, "report 2", again)

    assert ledger.suppressions.in_force() == [again]
    assert not ledger.suppressions.lift(GONE.subject, LATER)


def test_who_wants_no_more_is_kept_apart_from_whose_mail_comes_back(ledger):
    assert ledger.mailroom.unsubscribed("wish 1", LEFT, NOW)
    assert not ledger.mailroom.unsubscribed("wish 1", LEFT, LATER)

    assert ledger.suppressions.persons(Reason.unsubscribed) == {"eva"}
    assert ledger.suppressions.persons(Reason.bounced) == frozenset()


def test_a_mail_that_surely_arrived_says_so(ledger):
    at_state(ledger, EffectState.sent)

    ledger.mailroom.arrived("report 1", ledger.effect(KEY), "2.0.0", LATER)

    assert (ledger.effect(KEY).state, ledger.effect(KEY).detail) == (EffectState.sent, "2.0.0")


@pytest.mark.parametrize(
    ("answers", "kept"),
    [
        ([("accepted", 0, NOW), ("declined", 0, LATER)], "declined"),
        ([("declined", 0, LATER), ("accepted", 0, NOW)], "declined"),
        ([("declined", 1, NOW), ("accepted", 0, LATER)], "declined"),
        ([("accepted", 0, LATER), ("tentative", 1, NOW)], "tentative"),
    ],
)
def test_the_newest_answer_counts_in_whatever_order_they_are_read(ledger, answers, kept):
    for number, (answer, sequence, at) in enumerate(answers):
        assert ledger.mailroom.answered(f"reply {number}", "K7P2QX", "eva", Coming(answer), sequence, at)

    assert ledger.mailroom.answers("K7P2QX") == {"eva": kept}
    assert ledger.mailroom.answers_by_ref() == {"K7P2QX": {"eva": kept}}
    assert ledger.mailroom.answers("TALK2") == {}


def test_an_answer_to_an_older_invitation_is_no_answer_to_a_newer_one(ledger):
    ledger.mailroom.answered("reply 1", "K7P2QX", "eva", Coming.accepted, 0, NOW)

    assert ledger.mailroom.answers("K7P2QX", sequence=1) == {}


def test_the_point_of_each_mailbox_is_remembered(ledger):
    assert ledger.mailroom.point("gmail") == ""

    ledger.mailroom.move_on("gmail", "1000")
    ledger.mailroom.move_on("gmail", "1001")
    ledger.mailroom.move_on("imap", "7:12")

    assert (ledger.mailroom.point("gmail"), ledger.mailroom.point("imap")) == ("1001", "7:12")


def test_the_mails_of_a_person_are_found_by_the_key_where_an_older_ledger_does_not_say_whose_they_are(ledger):
    for key in ("invitation:K7P2QX:eva:0", "invitation:K7P2QX:ana:0", KEY):
        at_state(ledger, EffectState.sent, key)

    assert [one.key for one in ledger.sent_mails.to(["eva"])["eva"]] == ["invitation:K7P2QX:eva:0"]
    assert sorted(ledger.sent_mails.every_key()) == sorted([KEY, "invitation:K7P2QX:eva:0", "invitation:K7P2QX:ana:0"])


# ------------------------------------------------------------------------------------------------ held suppressions
def held(person, at=NOW, status="5.1.1"):
    return Suppression(person, Reason.held, at, status)


def hold(ledger, *some):
    at_state(ledger, EffectState.sent)
    for number, one in enumerate(some):
        back(ledger, f"held {number}", one)


def test_addresses_that_are_held_are_counted_by_run_and_given_up_together(ledger):
    hold(ledger, held("eva"), held("omar", status="5.2.1"), held("rima", LATER), held("eva", LATER))

    first, second = ledger.suppressions.held()
    assert (first.count, dict(first.statuses), second.count) == (2, {"5.1.1": 1, "5.2.1": 1}, 1)
    assert [ledger.suppressions.decide(first.name) for _ in range(2)] == [2, 0]
    assert ledger.suppressions.persons(Reason.bounced) == {"eva", "omar"}
    assert ledger.suppressions.persons(Reason.held) == {"rima"}


def test_addresses_that_work_are_written_to_again_and_count_anew(ledger):
    hold(ledger, held("eva"))

    assert ledger.suppressions.decide(ledger.suppressions.held()[0].name, works_since=LATER) == 1

    assert ledger.suppressions.in_force() == []
    assert ledger.suppressions.lifted_at("eva") == LATER


def test_an_address_that_was_given_up_is_not_held(ledger):
    hold(ledger, GONE, held("eva", LATER))

    assert ledger.suppressions.in_force() == [GONE]


def test_two_workers_give_up_an_address_once(ledger, url):
    hold(ledger, held("eva"))
    another = Ledger(url)
    (group,) = another.suppressions.held()

    assert [one.suppressions.decide(group.name) for one in (ledger, another)] == [1, 0]
    assert another.suppressions.in_force() == [GONE]
    another.close()
