"""What the ledger knows of mails that wait: what was handed over lately, what a brake holds, what goes on."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tasks.domain.brakes import Brake, Due, Hold, hold_id
from tasks.domain.budgets import Traffic
from tasks.domain.effects import Effect, EffectKind, EffectState, Priority
from tasks.domain.rations import Waiting
from tests.ledger.ledger_builders import KEY, LATER, NOW, a_mail, at_state

MANY = hold_id(Brake.many, NOW)
FAILURES = hold_id(Brake.failures, NOW)
DUE = Due(KEY, "person-1", NOW - timedelta(days=2))


def hand_over(ledger, key, at, provider="gmail"):
    ledger.intend([a_mail(key)], at)
    assert ledger.claim(key, at, provider=provider)
    assert ledger.settle(key, EffectState.sending, EffectState.sent, at)


@pytest.mark.parametrize(
    ("age", "provider", "expected"),
    [
        (timedelta(seconds=59), "gmail", (1, 1, 1)),
        (timedelta(seconds=61), "gmail", (0, 1, 1)),
        (timedelta(minutes=61), "gmail", (0, 1, 0)),
        (timedelta(hours=24, seconds=1), "gmail", (0, 0, 0)),
        (timedelta(seconds=1), "smtp", (0, 0, 1)),
    ],
)
def test_mails_count_for_the_minute_the_hour_and_the_day_in_which_they_were_handed_over(
    ledger, age, provider, expected
):
    hand_over(ledger, KEY, NOW - age, provider)

    found = ledger.outbox.traffic("gmail", NOW)

    assert (found.minute, found.day, found.hour) == expected


def test_the_day_has_room_again_when_its_oldest_mail_is_a_day_old(ledger):
    hand_over(ledger, "mail:1", NOW - timedelta(hours=20))
    hand_over(ledger, "mail:2", NOW - timedelta(hours=1))

    assert ledger.outbox.traffic("gmail", NOW).next_free == NOW + timedelta(hours=4)


def test_what_was_claimed_counts_even_if_nobody_knows_whether_it_was_sent(ledger):
    at_state(ledger, EffectState.uncertain)
    ledger.note(KEY, provider="gmail")

    assert ledger.outbox.traffic("gmail", NOW).day == 1


def test_other_effects_are_no_mails(ledger):
    ledger.intend([Effect("row:1", EffectKind.row, "")], NOW)
    ledger.claim("row:1", NOW, provider="gmail")

    assert ledger.outbox.traffic("gmail", NOW) == Traffic()


def test_what_is_held_cannot_be_claimed_until_a_person_lets_it_go_on(ledger):
    ledger.intend([a_mail()], NOW)
    ledger.outbox.hold({DUE: MANY})
    assert not ledger.claim(KEY, NOW)

    assert ledger.outbox.release(MANY, LATER) == 1

    assert ledger.effect(KEY).released_at == LATER
    assert ledger.claim(KEY, LATER)


def test_what_a_person_let_go_on_does_not_count_as_an_unusual_rate(ledger):
    ledger.intend([a_mail()], NOW)
    ledger.outbox.hold({DUE: MANY})
    ledger.outbox.release(MANY, NOW)
    ledger.claim(KEY, NOW, provider="gmail")

    assert ledger.outbox.traffic("gmail", NOW) == Traffic(minute=1, day=1, next_free=NOW + timedelta(days=1))


def test_letting_go_on_is_done_once_and_only_for_that_hold(ledger):
    ledger.intend([a_mail(), a_mail("mail:2")], NOW)
    ledger.outbox.hold({DUE: MANY, Due("mail:2", "person-2", NOW): FAILURES})

    assert [ledger.outbox.release(MANY, LATER), ledger.outbox.release(MANY, LATER)] == [1, 0]
    assert ledger.effect("mail:2").state is EffectState.held


def test_what_was_claimed_meanwhile_is_not_held(ledger):
    at_state(ledger, EffectState.sending)

    ledger.outbox.hold({DUE: MANY})

    assert ledger.effect(KEY).state is EffectState.sending


def test_staff_are_told_how_many_people_wait_and_since_when(ledger):
    mails = {
        Due("acknowledgement:A", "person-1", NOW): MANY,
        Due("acknowledgement:B", "person-1", NOW - timedelta(days=40)): MANY,
        Due("invitation:A:2:0", "person-2", NOW): MANY,
    }
    ledger.intend([a_mail(due.key) for due in mails], NOW)

    ledger.outbox.hold(mails)

    kinds = {"acknowledgement": 2, "invitation": 1}
    assert ledger.outbox.holds() == [Hold(MANY, kinds, people=2, oldest=NOW - timedelta(days=40))]


@pytest.mark.parametrize(("held_by", "expected"), [(FAILURES, FAILURES), (MANY, "")])
def test_mails_are_failing_until_what_failures_hold_goes_on(ledger, held_by, expected):
    ledger.intend([a_mail()], NOW)
    ledger.outbox.hold({DUE: held_by})

    assert ledger.outbox.failing() == expected
    ledger.outbox.release(held_by, LATER)
    assert ledger.outbox.failing() == ""


def until(expires_at, key=KEY):
    return replace(a_mail(key), expires_at=expires_at)


def test_mails_that_still_wait_when_they_are_of_no_use_any_more_are_given_up(ledger):
    ledger.intend(
        [until(LATER), until(LATER, "mail:2"), until(LATER + timedelta(seconds=1), "mail:3"), a_mail("4")], NOW
    )
    ledger.outbox.hold({DUE: MANY})

    assert ledger.outbox.expire(LATER) == 2

    states = {key: effect.state for key, effect in ledger.effects().items()}
    assert states == {KEY: EffectState.expired, "mail:2": EffectState.expired, "mail:3": "ready", "4": "ready"}


def test_a_mail_that_is_under_way_is_not_given_up(ledger):
    ledger.intend([until(LATER)], NOW)
    ledger.claim(KEY, NOW)

    assert ledger.outbox.expire(LATER) == 0
    assert ledger.effect(KEY).state is EffectState.sending


def test_what_waits_for_the_provider_is_known_by_its_priority_until_it_is_sent(ledger):
    ledger.intend([Effect(KEY, EffectKind.mail, "K7P2QX", priority=Priority.bulk), a_mail("mail:2")], NOW)
    ledger.outbox.wait([KEY], LATER)
    assert ledger.outbox.waiting() == [Priority.bulk]
    assert ledger.effect(KEY).not_before == LATER

    ledger.claim(KEY, LATER)

    assert ledger.outbox.waiting() == []


def test_a_provider_that_wants_no_mail_for_a_while_is_left_alone_and_the_other_is_not(ledger):
    ledger.outbox.pause("gmail", NOW)
    ledger.outbox.pause("gmail", LATER)

    assert ledger.outbox.traffic("gmail", NOW).paused_until == LATER
    assert ledger.outbox.traffic("smtp", NOW).paused_until is None


# ------------------------------------------------------------------------------------------------ rations
def an_acknowledgement(ledger, ref, at, person="person-1"):
    key = f"acknowledgement:{ref}"
    ledger.intend([a_mail(key, ref)], at)
    with ledger.windows() as windows:
        assert windows.claim([key], at, "gmail", {key: person}).keys() == {key}
        windows.settle(key, EffectState.sending, EffectState.sent, at)


def test_what_an_address_got_within_a_week_is_counted_from_the_mails_themselves(ledger):
    for days in (0, 3, 6, 8):
        an_acknowledgement(ledger, f"K{days}", NOW - timedelta(days=days))
    hand_over(ledger, "invitation:K7P2QX:person-1:0", NOW)

    assert ledger.rations.got(NOW) == {"person-1": [NOW - timedelta(days=days) for days in (0, 3, 6)]}


def test_one_that_waits_for_its_turn_is_known_and_one_that_was_claimed_meanwhile_is_left_alone(ledger):
    waits, claimed = (Waiting(f"acknowledgement:{ref}", "person-1", NOW) for ref in ("K1", "K2"))
    ledger.intend([a_mail(one.key, one.key[-2:]) for one in (waits, claimed)], NOW)
    ledger.claim(claimed.key, NOW)

    ledger.rations.wait(dict.fromkeys((waits, claimed), LATER))

    assert ledger.rations.waiting() == [waits]
    assert [ledger.effect(one.key).not_before for one in (waits, claimed)] == [LATER, None]
