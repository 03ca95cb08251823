"""When nothing more is sent to an address, and what begins the count anew."""

from datetime import UTC, datetime, timedelta

import pytest

from tasks.domain.effects import Effect, EffectKind, EffectState
from tasks.domain.mail_identity import MailKind, message_id, token
from tasks.domain.mail_index import MailIndex
from tasks.domain.suppression import GivenUp, bounces_in_a_row, is_for_good, person_of, too_many

NOW = datetime(2024, 3, 4, 10, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def a_mail(days_ago, state="bounced", detail="5.2.2"):
    sent_at = NOW - days_ago * DAY
    return Effect(
        f"invitation:K7P2QX:eva:{days_ago}",
        EffectKind.mail,
        "K7P2QX",
        EffectState(state),
        settled_at=sent_at,
        detail=detail,
    )


def sent(days_ago, detail=""):
    return a_mail(days_ago, "sent", detail)


@pytest.mark.parametrize("status", ["5.1.0", "5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1"])
def test_an_address_that_does_not_exist_is_given_up_at_once(status):
    assert is_for_good(status)


@pytest.mark.parametrize(
    "status",
    [
        "5.2.2",
        "4.2.2",
        "4.4.7",
        "4.1.1",
        "4.2.1",
        "5.0.0",
        "5.4.1",
        "5.7.1",
        "5.1.7",
        "5.1.8",
        "5.1.90",
        "5.2.10",
        "2.0.0",
    ],
)
def test_what_may_pass_or_is_our_own_fault_is_counted(status):
    assert not is_for_good(status)


@pytest.mark.parametrize(
    ("mails", "count"),
    [
        ([], 0),
        ([a_mail(1)], 1),
        ([a_mail(1), a_mail(2), a_mail(3)], 3),
        ([a_mail(1), sent(8), a_mail(9)], 1),
        ([sent(1), a_mail(2), a_mail(3)], 2),
        ([sent(6), a_mail(7)], 0),
        ([a_mail(1), sent(2, "2.0.0"), a_mail(3)], 1),
        ([sent(4), a_mail(5), sent(4.5), a_mail(6)], 2),
    ],
)
def test_mails_in_a_row_are_counted_back_to_the_last_one_that_arrived(mails, count):
    assert bounces_in_a_row(mails, None, NOW) == count
    assert bounces_in_a_row(reversed(mails), None, NOW) == count


def test_what_came_back_before_staff_said_that_it_works_again_is_forgotten():
    assert bounces_in_a_row([a_mail(1), a_mail(3)], NOW - 2 * DAY, NOW) == 1


@pytest.mark.parametrize(
    ("key", "person", "whose"),
    [
        ("invitation:K7P2QX:eva:0", "", "eva"),
        ("resend:K7P2QX:eva:2024-03-04", "", "eva"),
        ("rescheduled:K7P2QX:eva:2", "", "eva"),
        ("reminder_hour:K7P2QX:eva:20240516T1200", "", "eva"),
        ("acknowledgement:K7P2QX", "", ""),
        ("acknowledgement:K7P2QX", "ana", "ana"),
    ],
)
def test_whose_a_mail_was_is_noted_or_stands_in_its_key(key, person, whose):
    assert person_of(Effect(key, EffectKind.mail, "K7P2QX", person=person)) == whose


def test_a_mail_is_found_by_its_message_id_and_by_the_word_in_it_and_no_other_is():
    keys = [f"invitation:K7P2QX:{number}:0" for number in range(200)]
    index = MailIndex(keys)

    assert [index.with_id(message_id(MailKind.invitation, key, "colab.example.org")) for key in keys] == keys
    assert [index.with_token(token(key)) for key in keys] == keys
    assert index.with_id(message_id(MailKind.invitation, "invitation:OTHER:1:0", "colab.example.org")) == ""
    assert (index.with_id("<x@y>"), index.with_id(""), index.with_token("ABCDEFGH23")) == ("", "", "")


@pytest.mark.parametrize(
    ("runs", "many"),
    [
        ([], False),
        ([{"5.1.1": 20}], False),
        ([{"5.1.1": 20, "5.2.1": 1}], True),
        ([{"5.1.1": 15}, {"5.1.1": 6}], True),  # what nobody has answered for counts as well
    ],
)
def test_so_many_addresses_at_once_are_rather_a_mistake(runs, many):
    assert too_many([GivenUp(NOW + number * DAY, statuses) for number, statuses in enumerate(runs)], 20) is many
