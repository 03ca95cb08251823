"""Pairs of submissions: found whatever the order, acknowledged once, and decided by staff for good."""

from dataclasses import replace
from datetime import timedelta
from itertools import permutations

import pytest

from config.duplicates import load_rules
from tasks.domain.book import make_book
from tasks.domain.duplicates.finding import hold_back
from tasks.domain.duplicates.meaning import ALIKE, UNLIKE
from tasks.domain.duplicates.pairs import Pair, Ruling, joined_groups, refs_of, stronger
from tasks.domain.duplicates.rulings import not_held_back, read_rulings, ruled
from tasks.domain.duplicates.verdict import Band, Outcome, Verdict
from tasks.domain.effects import Effect, EffectKind, EffectState
from tasks.domain.intake import acknowledgement_key, acknowledgement_of, decide_intake
from tasks.domain.known_answers import Answers
from tasks.domain.submissions import Submission, Version, submissions
from tests.domain.known_builders import Known
from tests.domain.sheet_builders import (
    LANGUAGES,
    PROGRAMME,
    SAMPLES,
    STAMP,
    a_tab,
    read_sample,
    the_response,
    told,
    wrong,
)

TAB = PROGRAMME.register_.duplicates
NOW = the_response().submitted_at + timedelta(days=1)
LIMITS, RULES = PROGRAMME.limits, load_rules()
REFS = ("B22222", "C33333", "D44444")
A, B, C = REFS


def a_pair(one=A, other=B, *, outcome=Outcome.possible, probability=0.9, **more):
    band = None if outcome is Outcome.same else Band.likely if probability >= 0.5 else Band.look
    return Pair(refs_of(one, other), Verdict(outcome, probability, band), NOW, **more)


def a_version(ref, minute, **changes):
    return Version(ref, the_response(timestamp=STAMP + minute / 1440, **changes), NOW)


def a_submission(ref, minute=0, **changes):
    return Submission(ref, (a_version(ref, minute, **changes),))


def alone(*found):
    return {one.ref: one for one in found}


# ------------------------------------------------------------------------------------------------ meaning
class Reading(Known):
    """All texts are as near in meaning as it is told; it remembers what was asked of it."""

    reads_meaning = True

    def __init__(self, meaning, at_best=ALIKE):
        super().__init__()
        self.meaning, self.at_best, self.asked = meaning, at_best, []

    def closeness_at_best(self, couples):
        return [self.at_best for _ in couples]

    def closeness(self, couples):
        self.asked += [{one.language, other.language} for one, other in couples]
        return [self.meaning for _ in couples]


def shown(known, *rows):
    """The bands of the pairs that are found among these rows."""
    present = {code: [row for row in rows if row.language == code] for code in LANGUAGES}
    plan = decide_intake(Answers(present, frozenset(row.key for row in rows)), known, RULES, NOW, LIMITS)
    return [pair.verdict.band for pair in plan.pairs]


def across(language="fr", **changes):
    return replace(the_response(timestamp=STAMP + 1, **changes), language=language, key=f"k{language}")


def test_in_one_language_no_text_is_read():
    known = Reading(ALIKE)

    assert shown(known, the_response(), across("en", title="Working with fathers, again")) != []
    assert known.asked == []


def test_no_text_is_read_of_proposals_that_could_not_be_one_whatever_they_mean():
    known = Reading(ALIKE)
    somebody = {"email": "samir@gmail.com", "contact_name": "Samir Haddad", "country": "Jordan", "format": "Workshop"}
    colleague = across(title="Écoles au Maroc (partie 2)", summary="40 classes au Maroc.", **somebody)

    assert shown(known, the_response(title="Fathers in Lebanon (part 1)"), colleague) == []
    assert known.asked == []


@pytest.mark.parametrize(("meaning", "bands"), [(UNLIKE, []), (ALIKE, [Band.likely])])
def test_across_languages_a_text_is_read_where_its_meaning_decides(meaning, bands):
    known = Reading(meaning)
    french = {"title": "Travailler avec les pères", "summary": "Ce que nous avons raté"}

    assert shown(known, the_response(), across(format="Workshop", country="Jordan", **french)) == bands
    assert {"en", "fr"} in known.asked


def test_no_sentence_is_read_where_the_titles_alone_tell_enough():
    known = Reading(ALIKE, at_best=UNLIKE)
    french = {"title": "Travailler avec les pères", "summary": "Ce que nous avons raté"}

    assert shown(known, the_response(), across(format="Workshop", country="Jordan", **french)) == []
    assert known.asked == [set()] * len(known.asked)


# ------------------------------------------------------------------------------------------------ finding
def polled(batches):
    """Poll after each batch of sample answers has come in; answers the submissions and the pairs by their rows."""
    known, there = Known(), []
    for batch in batches:
        there += batch
        present = {code: [one for one in there if one.language == code] for code in LANGUAGES}
        keys = frozenset(one.key for one in there)
        known.keep(decide_intake(Answers(present, keys), known, RULES, NOW, LIMITS))
    names = {version.ref: set() for version in known.versions}
    for version in known.versions:
        names[version.ref].add(version.response.key)
    pairs = {frozenset(map(frozenset, (names[one], names[other]))) for one, other in known.found}
    return sorted(map(sorted, names.values())), pairs


RESPONSES = {f"{code}{one.row - 1}": one for code in LANGUAGES for one in read_sample(code).responses}


@pytest.mark.parametrize("key", [lambda name: name, lambda name: name[::-1], lambda name: RESPONSES[name].fingerprint])
@pytest.mark.parametrize("reverse", [False, True])
def test_the_order_in_which_rows_sheets_and_polls_bring_answers_changes_no_outcome(key, reverse):
    together = polled([list(RESPONSES.values())])

    assert polled([[RESPONSES[name]] for name in sorted(RESPONSES, key=key, reverse=reverse)]) == together


@pytest.mark.parametrize("order", list(permutations(("en2", "en9", "en5", "es1"))), ids="-".join)
def test_every_order_of_four_answers_makes_the_same_submissions_and_the_same_pair(order):
    found, pairs = polled([[RESPONSES[name]] for name in order])

    keys = {name: RESPONSES[name].key for name in order}
    assert found == sorted([sorted([keys["en2"], keys["en9"]]), [keys["en5"]], [keys["es1"]]])
    assert pairs == {frozenset({frozenset({keys["en5"]}), frozenset({keys["es1"]})})}


def test_the_possible_pairs_of_the_samples_are_found_and_the_different_ones_are_not():
    _, pairs = polled([list(RESPONSES.values())])
    expected = {
        frozenset(frozenset({RESPONSES[name].key}) for name in pair) for pair in SAMPLES["expected"]["possible"]
    }

    assert pairs == expected


def test_what_staff_ruled_on_is_not_taken_up_again():
    known = Known()
    present = {"en": [RESPONSES["en5"]]}
    known.keep(decide_intake(Answers(present, frozenset()), known, RULES, NOW, LIMITS))
    present |= {"es": [RESPONSES["es1"]]}
    known.keep(decide_intake(Answers(present, frozenset()), known, RULES, NOW, LIMITS))
    (pair,) = known.found.values()
    known.found = ruled(known.found, {pair.refs: Ruling.different}, pair.refs, NOW)

    edited = replace(RESPONSES["es1"], answers={**RESPONSES["es1"].answers, "phone": "1"}, fingerprint="another")
    plan = decide_intake(Answers({**present, "es": [edited]}, frozenset()), known, RULES, NOW, LIMITS)

    assert (len(plan.arrivals), plan.pairs) == (1, ())


@pytest.mark.parametrize(("one", "other"), [(0.3, 0.9), (0.9, 0.3)])
def test_of_two_findings_the_stronger_is_kept_in_either_order(one, other):
    kept = stronger(a_pair(probability=one), a_pair(probability=other))

    assert kept == a_pair(probability=0.9)


def test_a_finding_keeps_what_was_said_and_held_back_before():
    before = a_pair(probability=0.3, ruling=Ruling.linked, ruled_at=NOW, unacknowledged=B)

    assert stronger(before, a_pair()) == a_pair(ruling=Ruling.linked, ruled_at=NOW, unacknowledged=B)


# ------------------------------------------------------------------------------------------------ acknowledgements
@pytest.mark.parametrize(
    ("pairs", "held"),
    [
        ([], {}),
        ([a_pair(A, B)], {B}),
        ([a_pair(A, B, probability=0.3)], set()),
        ([a_pair(A, B), a_pair(A, C)], {B, C}),
        ([a_pair(A, B), a_pair(B, C)], {B}),
        ([a_pair(B, C)], {C}),
        ([a_pair(A, B, outcome=Outcome.same)], {B}),
        ([a_pair(B, "K7P2QX", outcome=Outcome.same)], {B}),
        ([a_pair(B, "K7P2QX")], set()),
    ],
)
def test_of_one_person_the_first_is_acknowledged_and_only_its_own_pairs_wait(pairs, held):
    newcomers = [a_version(ref, minute, title=ref) for minute, ref in enumerate(REFS)]

    assert set(hold_back(newcomers, {pair.refs: pair for pair in pairs})) == set(held)


def test_of_one_persons_two_languages_in_one_poll_only_the_first_is_acknowledged():
    french = a_version(B, 1)
    french = replace(french, response=replace(french.response, language="fr"))
    pair = a_pair(probability=0.3)

    assert set(hold_back([a_version(A, 0), french], {pair.refs: pair})) == {B}


def test_what_one_person_filed_days_apart_is_acknowledged_twice():
    newcomers = [a_version(A, 0), a_version(B, 3 * 24 * 60)]

    assert hold_back(newcomers, {a_pair().refs: a_pair()}) == {}


def test_another_persons_likely_duplicate_is_acknowledged_too():
    newcomers = [a_version(A, 0), a_version(B, 1, email="eva@example.net")]

    assert hold_back(newcomers, {a_pair().refs: a_pair()}) == {}


@pytest.mark.parametrize(
    ("states", "chosen"),
    [
        ((), None),
        ((EffectState.ready, EffectState.ready), A),
        ((EffectState.ready, EffectState.sent), B),
        ((EffectState.failed, EffectState.ready), B),
        ((EffectState.uncertain, EffectState.ready), A),
        ((EffectState.sending, EffectState.uncertain), A),
    ],
)
def test_of_several_acknowledgements_of_one_submission_the_one_that_got_furthest_counts(states, chosen):
    joined = Submission(A, (a_version(A, 0), a_version(B, 1)))
    effects = {
        acknowledgement_key(ref): Effect(acknowledgement_key(ref), EffectKind.mail, ref, state)
        for ref, state in zip((A, B), states, strict=False)
    }

    found = acknowledgement_of(joined, effects)

    assert (found.ref if found else None) == chosen


# ------------------------------------------------------------------------------------------------ joining
@pytest.mark.parametrize(
    ("pair", "joined", "asked"),
    [
        (a_pair(), False, True),
        (a_pair(outcome=Outcome.same), True, False),
        (a_pair(ruling=Ruling.same), True, False),
        (a_pair(ruling=Ruling.series), False, False),
        (a_pair(outcome=Outcome.same, ruling=Ruling.different), False, False),
    ],
)
def test_staff_have_the_last_word_on_what_is_one(pair, joined, asked):
    assert (pair.joined, pair.open) == (joined, asked)


def test_nothing_is_joined_by_what_is_only_possible():
    assert joined_groups([a_pair(A, B), a_pair(B, C, ruling=Ruling.same)]) == {B: {B, C}, C: {B, C}}


def test_joined_submissions_go_by_the_ref_that_arrived_first_and_show_the_newest_answers():
    found = alone(a_submission(B, 0, title="Old"), a_submission(A, 9, title="New"), a_submission(C, 5))

    book = make_book(found, [a_pair(ruling=Ruling.same)])

    assert {ref: one.others for ref, one in book.found.items()} == {B: (A,), C: ()}
    assert book.found[B].current.answers["title"] == "New"
    assert [book.alone(ref).current.answers["title"] for ref in (A, B)] == ["New", "Old"]
    assert book.joined[A] is book.found[B]


def test_two_accepted_rows_of_one_submission_are_one_and_none_when_one_has_a_session():
    book = make_book(alone(a_submission(A, 0), a_submission(B, 1)), [a_pair(ruling=Ruling.same)])

    assert [one.ref for one in book.newly_accepted([B, A, "nobody"], [])] == [A]
    assert book.newly_accepted([A, B], [B]) == []


# ------------------------------------------------------------------------------------------------ what staff say
def said(*rows):
    return read_rulings(a_tab(TAB, *rows), TAB, "register · Possible duplicates")


def a_line(verdict, pair=f"{A} · {B}"):
    return {"pair": pair, "verdict": verdict}


@pytest.mark.parametrize("word", ["Maybe", "Sam e", 1, True, "#N/A"])
def test_a_word_that_is_no_verdict_is_asked_about_and_not_acted_upon(word):
    rulings = said(a_line(word))

    assert rulings.said == {}
    assert told(rulings.problems) == [("verdict", 2, "problem")]


@pytest.mark.parametrize("pair", ["", A, f"{A} · nobody", f"{A} · {B} · {C}", f"{A} · {A}"])
def test_a_verdict_on_what_is_no_pair_is_asked_about(pair):
    rulings = said(a_line("Same", pair))

    assert rulings.said == {}
    assert told(rulings.problems) == [("verdict", 2, "problem")]


def test_rows_of_one_pair_that_contradict_each_other_say_nothing():
    rulings = said(a_line("Same"), a_line("Different", f"{B} {A}"))

    assert rulings.said == {}
    assert [wrong(problem) for problem in rulings.problems] == [
        f"{A} · {B} has the verdicts Different and Same in different rows. None of them counts."
    ]


@pytest.mark.parametrize("word", ["Series", " series ", "SERIES"])
def test_a_verdict_is_read_wherever_its_row_stands(word):
    assert said({}, {"notes": "ours"}, a_line(word, f"{B} and {A}")).said == {(A, B): Ruling.series}


def test_an_empty_verdict_leaves_what_was_said():
    known = {(A, B): a_pair(ruling=Ruling.linked, ruled_at=NOW)}

    assert ruled(known, said(a_line("")).said, REFS, NOW) == {}


def test_a_verdict_is_noted_once_and_can_be_changed():
    known = {(A, B): a_pair()}
    later = NOW + timedelta(hours=1)

    first = ruled(known, {(A, B): Ruling.same}, REFS, NOW)
    again = ruled(first, {(A, B): Ruling.same}, REFS, later)
    changed = ruled(first, {(A, B): Ruling.different}, REFS, later)

    assert first == {(A, B): a_pair(ruling=Ruling.same, ruled_at=NOW)}
    assert again == {}
    assert changed == {(A, B): a_pair(ruling=Ruling.different, ruled_at=later, parted=True)}


def test_staff_may_rule_on_two_that_were_never_compared_but_not_on_what_nobody_knows():
    words = {(A, B): Ruling.same, (A, "Z99999"): Ruling.same}

    assert list(ruled({}, words, REFS, NOW)) == [(A, B)]


@pytest.mark.parametrize("ruling", Ruling)
def test_only_a_submission_of_its_own_is_acknowledged_after_all(ruling):
    pair = a_pair(unacknowledged=B, ruling=ruling)

    assert not_held_back([pair], [pair]) == ({B} if ruling in (Ruling.different, Ruling.series) else set())


@pytest.mark.parametrize("ruling", [None, Ruling.same, Ruling.linked])
def test_what_may_still_be_one_with_another_submission_is_not_acknowledged(ruling):
    said = a_pair(A, B, unacknowledged=B, ruling=Ruling.different)
    other = a_pair(B, C, unacknowledged=B, ruling=ruling)

    assert not_held_back([said], [said, other]) == set()


def test_a_row_that_shows_answers_of_before_the_parting_is_not_taken_for_a_correction():
    found = submissions([a_version(A, 0, title="Old"), a_version(B, 1, title="New")])

    book = make_book(found, [a_pair(ruling=Ruling.different, parted=True)])

    assert [version.response.answers["title"] for version in book.rows[A].formerly] == ["New"]
