"""What the rows of the response sheets mean, whatever their order and however often they are looked at."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.duplicates import load_rules
from tasks.domain.duplicates.keys import match_keys
from tasks.domain.duplicates.pairs import joined_groups
from tasks.domain.duplicates.proposal import proposal_of
from tasks.domain.duplicates.replacing import MAYBE_EDIT
from tasks.domain.duplicates.verdict import Band
from tasks.domain.effects import Effect, EffectKind
from tasks.domain.intake import acknowledgement_key, decide_intake
from tasks.domain.known_answers import Answers
from tasks.domain.responses import read_responses
from tasks.domain.submissions import submissions
from tests.domain.known_builders import Known
from tests.domain.sheet_builders import A_RESPONSE, OTHER_ANSWERS, PROGRAMME, STAMP, a_form, a_row, the_response
from tests.domain.sheet_builders import LANGUAGES as WORDINGS
from tests.examples import examples

NOW = the_response().submitted_at + timedelta(days=1)
LIMITS = PROGRAMME.limits
RULES = load_rules()
MORE = "What we got wrong. Then we asked them."
AGAIN = "not acknowledged again: a newer version"
SECOND = 1 / 86400
EVA = {"email": "eva@example.net", "contact_name": "Eva Lind", "organisation": "Man i Norden"}


def answers(*rows, language="en", keys=()):
    """One language's sheet as it was read."""
    tab = a_form(*rows, language=language)
    reading = read_responses(tab, sheet="s", language=WORDINGS[language], programme=PROGRAMME, zone="UTC")
    seen = {response.key for response in reading.responses} | {problem.subject for problem in reading.problems}
    return Answers({language: reading.responses}, frozenset(seen | set(keys)))


class Poller:
    """What successive polls leave behind."""

    def __init__(self):
        self.known = Known()
        self.promised = []
        self.now = NOW

    def poll(self, *rows, **how):
        plan = decide_intake(answers(*rows, **how), self.known, RULES, self.now, LIMITS)
        self.known.keep(plan)
        self.promised += [effect.key for effect in plan.promised]
        self.now += timedelta(minutes=5)
        return plan

    @property
    def submissions(self):
        return submissions(self.known.versions, joined_groups(self.known.found.values()))

    @property
    def answered(self):
        """The submissions that are acknowledged, or stood for by the acknowledgement of another one."""
        stood_for = {acknowledgement_key(p.unacknowledged) for p in self.known.found.values() if p.unacknowledged}
        return {*self.promised, *stood_for}

    @property
    def titles(self):
        """The newest title of each submission."""
        return sorted(submission.current.answers["title"] for submission in self.submissions.values())


@pytest.fixture
def poller():
    return Poller()


# ------------------------------------------------------------------------------------------------ the plain story
def test_a_new_answer_is_registered_and_promised_an_acknowledgement(poller):
    plan = poller.poll(a_row())

    (ref,) = poller.submissions
    assert plan.promised == (Effect(acknowledgement_key(ref), EffectKind.mail, ref),)
    assert plan.done == (f"{ref}: registered from row 2 of the en answers",)
    assert (plan.retry, plan.skipped) == ((), Counter())


def test_nothing_new_means_nothing_to_do(poller):
    rows = [a_row(), a_row(title="Another", **EVA)]
    poller.poll(*rows)

    plan = poller.poll(*rows)

    assert (plan.arrivals, plan.promised, plan.retry, plan.done) == ((), (), (), ())
    assert plan.skipped == Counter({"seen before": 2})


def test_a_proposal_sent_again_is_a_newer_version_and_not_acknowledged_again(poller):
    poller.poll(a_row())

    plan = poller.poll(a_row(), a_row(timestamp=STAMP + 1, summary=MORE))

    (submission,) = poller.submissions.values()
    assert (submission.times_sent, submission.current.answers["summary"]) == (2, MORE)
    assert plan.done == (f"{submission.ref}: newer answers from row 3 of the en answers",)
    assert (plan.promised, plan.skipped) == ((), Counter({"seen before": 1, AGAIN: 1}))


def test_the_words_of_a_submission_are_handed_on_where_one_version_says_them_all(poller):
    alone = poller.poll(a_row())
    again = poller.poll(a_row(), a_row(timestamp=STAMP + 1, summary=MORE))
    together = Poller().poll(a_row(), a_row(timestamp=STAMP + 1, summary=MORE))

    (words,) = alone.words.values()
    (version,) = alone.arrivals
    assert words == match_keys(proposal_of(version.ref, version.response))
    assert (again.words, together.words) == ({}, {})


def test_an_older_version_that_turns_up_late_does_not_replace_the_newer_one(poller):
    newer = a_row(timestamp=STAMP + 1, summary=MORE)
    poller.poll(newer)
    poller.poll(newer, a_row())

    (submission,) = poller.submissions.values()
    assert (submission.times_sent, submission.current.answers["summary"]) == (2, MORE)
    assert len(poller.promised) == 1


@pytest.mark.parametrize("changes", [{"title": "Quite another"}, EVA, {"format": "Workshop"}])
def test_two_proposals_stay_two(poller, changes):
    poller.poll(a_row())
    poller.poll(a_row(), a_row(timestamp=STAMP + 1, **changes))

    assert len(poller.submissions) == len(poller.promised) == 2


@pytest.mark.parametrize(("days", "promised"), [(30, 1), (30.001, 0), (300, 0)])
def test_an_old_answer_is_registered_but_nobody_is_mailed(days, promised):
    plan = decide_intake(answers(a_row()), Known(), RULES, the_response().submitted_at + timedelta(days=days), LIMITS)

    assert (len(plan.arrivals), len(plan.promised)) == (1, promised)
    assert plan.skipped == Counter({} if promised else {"not acknowledged: older than 30 days": 1})


# ------------------------------------------------------------------------------------------------ the same second
def test_the_same_answers_twice_in_one_second_are_one(poller):
    poller.poll(a_row(), a_row())

    assert [len(submission.versions) for submission in poller.submissions.values()] == [1]


def test_two_proposals_in_one_second_are_two_whichever_is_seen_first(poller):
    one, other = a_row(title="Fathers"), a_row(title="Mothers")
    poller.poll(other)
    poller.poll(one, other)
    before = set(poller.submissions)

    plan = poller.poll(other, one)

    assert (plan.arrivals, len(poller.promised), poller.titles) == ((), 2, ["Fathers", "Mothers"])
    assert set(poller.submissions) == before


def test_two_versions_in_one_second_come_to_rest(poller):
    one, other = a_row(), a_row(summary=MORE)
    poller.poll(one)
    poller.poll(one, other)

    for rows in ((one, other), (other, one)):
        plan = poller.poll(*rows)
        assert (plan.arrivals, plan.skipped) == ((), Counter({"seen before": 2}))
    assert (len(poller.submissions), len(poller.promised)) == (1, 1)


@pytest.mark.parametrize(("standing", "edited"), [("Fathers", "Mothers"), ("Mothers", "Fathers")])
def test_of_two_rows_of_one_second_only_the_one_that_is_gone_was_edited(poller, standing, edited):
    poller.poll(a_row(title="Fathers"), a_row(title="Mothers"))

    plan = poller.poll(a_row(title=standing), a_row(title="Parents", timestamp=STAMP + 1))

    assert (plan.promised, poller.titles) == ((), sorted([standing, "Parents"]))
    assert edited not in poller.titles


@pytest.mark.parametrize("standing", ["Fathers", "Mothers"])
def test_of_two_rows_of_one_second_the_one_that_stands_is_not_taken_for_gone(poller, standing):
    poller.poll(a_row(title="Fathers"), a_row(title="Mothers"))
    poller.poll(a_row(title=standing), a_row(title="Parents", timestamp=STAMP + 1))

    plan = poller.poll(
        a_row(title=standing), a_row(title="Parents", timestamp=STAMP + 1), a_row(title="Care", timestamp=STAMP + 2)
    )

    assert len(plan.promised) == 1


# ------------------------------------------------------------------------------------------------ edits
def test_a_row_that_forms_rewrote_is_the_same_submission(poller):
    poller.poll(a_row(), a_row(**EVA))

    plan = poller.poll(a_row(timestamp=STAMP + 1, title="Quite another", format="Workshop"), a_row(**EVA))

    assert (plan.promised, len(poller.submissions)) == ((), 2)
    assert poller.titles == ["Quite another", "Working with fathers"]


def test_one_vanished_row_explains_only_one_new_one(poller):
    poller.poll(a_row())

    poller.poll(a_row(timestamp=STAMP + 1, title="First"), a_row(timestamp=STAMP + 2, title="Second"))

    assert (len(poller.submissions), len(poller.promised)) == (2, 2)


def test_a_new_proposal_after_an_edited_one_is_a_new_one(poller):
    edited = a_row(timestamp=STAMP + 1, title="Quite another")
    poller.poll(a_row())
    poller.poll(edited)

    plan = poller.poll(edited, a_row(timestamp=STAMP + 2, title="The second proposal"))

    assert (len(plan.promised), poller.titles) == (1, ["Quite another", "The second proposal"])


def test_the_newest_of_two_versions_can_be_edited_too(poller):
    poller.poll(a_row(), a_row(timestamp=STAMP + 1))

    plan = poller.poll(a_row(), a_row(timestamp=STAMP + 2, title="Quite another"))

    assert (plan.promised, poller.titles) == ((), ["Quite another"])


def test_a_new_answer_beside_one_that_still_stands_is_no_edit(poller):
    poller.poll(a_row())

    poller.poll(a_row(), a_row(timestamp=STAMP + 1, title="Quite another"))

    assert len(poller.submissions) == len(poller.promised) == 2


def test_a_row_with_a_problem_has_not_vanished(poller):
    poller.poll(a_row())
    broken = a_row(country="")

    poller.poll(broken, a_row(timestamp=STAMP + 1, title="Quite another"))

    assert len(poller.submissions) == len(poller.promised) == 2


def test_rows_that_vanish_change_nothing(poller):
    poller.poll(a_row(), a_row(**EVA))

    plan = poller.poll(a_row())

    assert (plan.done, len(poller.submissions)) == ((), 2)


def test_a_deleted_row_that_is_brought_back_is_known(poller):
    poller.poll(a_row())
    poller.poll()

    assert poller.poll(a_row()).skipped == Counter({"seen before": 1})


def test_a_sheet_that_could_not_be_read_has_lost_no_rows(poller):
    poller.poll(a_row())
    french = a_row(timestamp=STAMP + 1, membership="Oui", themes="", format="Panel")

    plan = decide_intake(Answers({}, frozenset()), poller.known, RULES, NOW, LIMITS)

    assert (plan.arrivals, french[0]) == ((), STAMP + 1)


def test_another_language_is_another_submission():
    rows = {code: the_response() for code in ("en", "es")}
    spanish = type(rows["es"])(
        **{name: getattr(rows["es"], name) for name in rows["es"].__slots__} | {"language": "es", "key": "other"}
    )
    both = Answers({"en": [rows["en"]], "es": [spanish]}, frozenset({rows["en"].key, "other"}))

    plan = decide_intake(both, Known(), RULES, NOW, LIMITS)

    assert len({version.ref for version in plan.arrivals}) == 2


# ------------------------------------------------------------------------------------------------ edits nobody read
UNREAD = {"timestamp": STAMP + 1, **OTHER_ANSWERS}
"""An edit whose row staff have cut and pasted, so that the note of Forms is gone: or another proposal."""


def held(plan):
    """The refs whose acknowledgement waits, and what each waits for."""
    return {pair.unacknowledged: pair.other(pair.unacknowledged) for pair in plan.pairs if pair.unacknowledged}


@pytest.mark.parametrize("polls_between", [0, 1])
@pytest.mark.parametrize(
    "changes",
    [{}, {"email": "rima@other.example.org", "organisation": A_RESPONSE["organisation"]}],
    ids=["the same address", "the same name and organisation"],
)
def test_what_may_be_an_edit_of_a_row_that_is_gone_waits_for_the_word_of_staff(poller, changes, polls_between):
    poller.poll(a_row(), a_row(**EVA))
    for _ in range(polls_between):
        poller.poll(a_row(**EVA))

    plan = poller.poll(a_row(**UNREAD | changes), a_row(**EVA))

    ((new, old),) = held(plan).items()
    assert (plan.promised, len(poller.submissions)) == ((), 3)
    assert poller.submissions[old].current.answers["title"] == A_RESPONSE["title"]
    (pair,) = plan.pairs
    assert (pair.verdict.band, pair.verdict.reasons[0], pair.open) == (Band.likely, MAYBE_EDIT, True)
    assert poller.submissions[new].current.answers["title"] == UNREAD["title"]


@pytest.mark.parametrize(
    "changes",
    [
        {"email": "rima@other.example.org"},
        {"email": "eva@example.net", "contact_name": "Eva Lind"},
        {"timestamp": STAMP + 366},
    ],
    ids=["nothing but the name", "somebody else", "another year"],
)
def test_what_cannot_be_an_edit_of_a_row_that_is_gone_is_acknowledged(poller, changes):
    poller.poll(a_row())
    poller.now = the_response(**UNREAD | changes).submitted_at

    plan = poller.poll(a_row(**UNREAD | changes))

    assert (len(plan.promised), held(plan)) == (1, {})


def test_of_two_that_may_be_the_edit_both_wait(poller):
    poller.poll(a_row())

    plan = poller.poll(a_row(**UNREAD), a_row(**UNREAD | {"timestamp": STAMP + 2, "title": "c", "summary": "c"}))

    assert (plan.promised, len(held(plan))) == ((), 2)


def test_what_may_be_the_edit_of_either_of_two_rows_waits_for_both(poller):
    poller.poll(a_row(), a_row(timestamp=STAMP + 1 / 24, title="Mothers", format="Workshop"))

    plan = poller.poll(a_row(**UNREAD))

    assert plan.promised == ()
    assert [bool(pair.unacknowledged) for pair in plan.pairs] == [True, True]


def test_a_marked_edit_of_a_row_that_was_copied_before_waits_too(poller):
    poller.poll(a_row())
    marked = replace(the_response(**UNREAD), noted=frozenset(UNREAD))
    sheet = Answers({"en": (the_response(), marked)}, frozenset({the_response().key, marked.key}))

    plan = decide_intake(sheet, poller.known, RULES, NOW, LIMITS)

    assert (plan.promised, len(held(plan))) == ((), 1)


def test_of_a_copy_and_a_marked_edit_that_are_seen_together_the_older_is_acknowledged_and_the_edit_waits():
    marked = replace(the_response(**UNREAD), noted=frozenset(UNREAD))
    sheet = Answers({"en": (the_response(), marked)}, frozenset({the_response().key, marked.key}))

    plan = decide_intake(sheet, Known(), RULES, NOW, LIMITS)

    ((new, old),) = held(plan).items()
    assert [effect.key for effect in plan.promised] == [acknowledgement_key(old)]
    assert {version.ref: version.response.noted for version in plan.arrivals}[new] == frozenset(UNREAD)


def test_a_row_whose_edit_was_found_keeps_nobody_waiting(poller):
    poller.poll(a_row())

    plan = poller.poll(a_row(timestamp=STAMP + 1, phone="1"), a_row(**UNREAD | {"timestamp": STAMP + 2}))

    assert (len(plan.promised), held(plan)) == (1, {})


def test_an_old_answer_that_may_be_an_edit_waits_for_nothing(poller):
    poller.poll(a_row())
    poller.now = NOW + timedelta(days=40)

    plan = poller.poll(a_row(**UNREAD))

    assert (plan.promised, held(plan), len(plan.pairs)) == ((), {}, 1)


# ------------------------------------------------------------------------------------------------ corrections by staff
def test_a_corrected_cell_is_a_newer_version_of_the_same_row(poller):
    poller.poll(a_row(title="Fahters"))

    plan = poller.poll(a_row(title="Fathers"))

    (submission,) = poller.submissions.values()
    assert (submission.times_sent, poller.titles, plan.promised) == (1, ["Fathers"], ())


def test_a_cell_corrected_and_put_back_shows_what_stands_there(poller):
    for country in ("Lebanon", "Libanon", "Lebanon"):
        poller.poll(a_row(country=country))

    (submission,) = poller.submissions.values()
    assert submission.current.answers["country"] == "Lebanon"
    assert poller.poll(a_row()).arrivals == ()


def test_a_corrected_address_is_the_same_submission_with_another_chance(poller):
    poller.poll(a_row(email="rima@abaad.example.com"))
    (ref,) = poller.submissions

    plan = poller.poll(a_row())

    assert (plan.promised, plan.retry, list(poller.submissions)) == ((), (acknowledgement_key(ref),), [ref])
    assert poller.submissions[ref].current.person.address == "rima@abaad.example.org"


@pytest.mark.parametrize(
    "changes",
    [
        {"timestamp": STAMP + 1},
        {"title": "b", "summary": "b", "organisation": "b", "country": "b", "contact_name": "b", "format": "Workshop"}
        | {"themes": "LGBTIQ rights", "session_languages": "Spanish", "recording": "Yes, publicly"},
    ],
)
def test_somebody_elses_answer_is_no_corrected_address(poller, changes):
    poller.poll(a_row(**EVA))

    assert len(poller.poll(a_row(**changes)).promised) == 1


def test_a_failed_acknowledgement_gets_another_chance_when_the_answers_change(poller):
    poller.poll(a_row())
    (ref,) = poller.submissions

    assert poller.poll(a_row(phone="1")).retry == (acknowledgement_key(ref),)
    assert poller.poll(a_row(phone="1")).retry == ()


# ------------------------------------------------------------------------------------------------ order does not matter
PEOPLE = ("rima@example.org", "eva@example.org")
TITLES = ("Fathers, part 1", "Fathers, part 2", "Care")
ROWS = st.lists(
    st.builds(
        lambda email, title, second, summary: a_row(
            email=email, title=title, summary=summary, timestamp=STAMP + second * SECOND
        ),
        st.sampled_from(PEOPLE),
        st.sampled_from(TITLES),
        st.integers(0, 3),
        st.sampled_from(("One.", "Two.")),
    ),
    min_size=1,
    max_size=7,
)


def grouped(poller):
    """Which answers belong together, without the codes that name them."""
    return sorted(
        sorted({(v.response.submitted_at, v.response.fingerprint) for v in submission.versions})
        for submission in poller.submissions.values()
    )


def everything(rows):
    poller = Poller()
    poller.poll(*rows)
    return poller


@examples(30)
@given(ROWS, st.data())
def test_sorting_the_sheet_and_looking_more_often_changes_nothing(rows, data):
    by_time = sorted(rows, key=lambda row: row[0])
    moments = sorted({row[0] for row in rows})
    looks = sorted(data.draw(st.sets(st.sampled_from(moments))))
    expected = everything(rows)
    poller = Poller()

    for until in [*looks, moments[-1]]:
        there = [row for row in by_time if row[0] <= until]
        poller.poll(*data.draw(st.permutations(there)))

    assert (set(poller.submissions), grouped(poller)) == (set(expected.submissions), grouped(expected))
    assert poller.answered == expected.answered
    assert poller.poll(*data.draw(st.permutations(rows))).arrivals == ()


@examples(30)
@given(ROWS, st.data())
def test_rows_that_turn_up_in_any_order_are_the_same_submissions(rows, data):
    arriving = data.draw(st.permutations(rows))
    poller = Poller()
    expected = everything(rows)

    for number in range(1, len(arriving) + 1):
        poller.poll(*arriving[:number])

    assert grouped(poller) == grouped(expected)
    assert len(poller.promised) == len(set(poller.promised))
    assert len(poller.answered) == len(expected.answered)
    assert poller.poll(*rows).arrivals == ()
