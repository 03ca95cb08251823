"""What is forgotten of a safer session some days after it, and what never is."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tasks.domain.effects import EffectState
from tasks.domain.forgetting import GONE, Forgetting, bare, decide_forgetting
from tests.domain.session_builders import STARTS, a_mail, a_revision, a_session, an_event, by_key

SAFER = a_session(safer=True)
OVER = STARTS + timedelta(minutes=90, days=14)
INVITED = a_mail("invitation:K7P2QX:id-eva:0", provider_id="m1")
NOTHING = Forgetting((), ())


def decide(session=SAFER, now=OVER, *, safer_rows=(), remembered=(), mails=(INVITED,)):
    history = (a_revision(session),)
    return decide_forgetting({"K7P2QX": history}, safer_rows, remembered, by_key(an_event(), *mails), now, 14)


def test_nothing_is_forgotten_before_its_days_are_over():
    assert decide(now=OVER - timedelta(minutes=1)) == NOTHING


def test_nothing_is_forgotten_of_a_session_that_is_not_safer():
    assert decide(a_session(), remembered={"K7P2QX"}) == NOTHING


@pytest.mark.parametrize("given", [{}, {"session": a_session(), "safer_rows": {"K7P2QX"}}])
def test_title_people_and_mails_are_forgotten_whenever_the_box_was_ticked(given):
    assert decide(**given) == Forgetting(("K7P2QX",), (INVITED,))


@pytest.mark.parametrize(
    "mail",
    [
        replace(INVITED, provider_id=GONE),
        replace(INVITED, state=EffectState.uncertain),
        replace(INVITED, state=EffectState.held),
        a_mail("acknowledgement:K7P2QX"),
    ],
)
def test_a_mail_without_a_copy_or_about_something_else_stays(mail):
    assert decide(mails=[mail]).mails == ()


def test_what_is_forgotten_is_not_forgotten_again_unless_something_is_left():
    forgotten = bare(SAFER)

    assert decide(forgotten, mails=()) == NOTHING
    assert decide(forgotten, mails=(), remembered={"K7P2QX"}).details == ("K7P2QX",)
    assert (forgotten.starts, forgotten.title, forgotten.presenters) == (STARTS, "", ())
