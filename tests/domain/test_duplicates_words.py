"""What is read out of a text before it is compared: parts, numbers, places, names; and when a sender is the same."""

import pytest

from tasks.domain.duplicates.parts import numbers, parts
from tasks.domain.duplicates.persons import Sender, addresses_near, last_digits, names_conflict, own_domain
from tasks.domain.duplicates.regions import regions
from tasks.domain.duplicates.typos import is_typo
from tasks.domain.duplicates.wording import LONGEST, wording
from tasks.domain.normalise.names import name_words
from tests.domain.proposal_builders import RULES


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("Faith leaders (Part 1)", {"1"}),
        ("Les leaders religieux (1re partie)", {"1"}),
        ("Cuidados, segunda parte", {"2"}),
        ("Session II: fathers", {"2"}),
        ("Fathers 3", {"3"}),
        ("Módulo 02", {"2"}),
        ("Part B of the story", {"b"}),
        ("Troisième séance", {"3"}),
        ("Fathers in 2024", set()),
        ("A part of us", set()),
        ("No parties without women", set()),
    ],
)
def test_the_part_of_a_series(title, found):
    assert parts(wording(title).folded) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Tres lecciones y 40 parroquias", {"3", "40"}),
        ("Trois leçons", {"3"}),
        ("One day with a man", set()),
        ("Un día", set()),
        ("007 men", {"7"}),
        ("1re partie", {"1"}),
    ],
)
def test_numbers_in_figures_and_words(text, found):
    assert numbers(wording(text).folded) == found


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Fathers in Kenya", "Padres kenianos"),
        ("Hombres del Perú", "Peruvian men"),
        ("Pères au Sénégal", "Senegalese fathers"),
        ("Latin America", "América Latina"),
        ("Western Africa", "África occidental"),
        ("Jeunes à Dakar", "Young people in Dakar"),
        ("República Dominicana", "Dominican men"),
        ("Men of the Andes", "Hommes andins"),
    ],
)
def test_a_place_has_one_code_in_three_languages(one, other):
    assert regions(wording(one).folded) == regions(wording(other).folded) != frozenset()


@pytest.mark.parametrize(
    "text",
    [
        "Male allies and a meeting of men",
        "Une réunion pour la paix",
        "Hombres por la paz en el mundo",
        "Les congés de paternité des dames seules",
        "The general idea",
    ],
)
def test_ordinary_words_are_no_places(text):
    assert regions(wording(text).folded) == frozenset()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Dialogues with leaders in Kisumu, and with Rima", {"kisumu", "rima"}),
        ("Dialogues. Leaders: Men. Boys", set()),
        ("Caring Men, Living Rivers In Our Towns", set()),
        ("DIALOGUES WITH LEADERS IN KISUMU", set()),
    ],
)
def test_names_begin_with_a_capital_within_a_sentence(text, names):
    assert wording(text).names == names


def test_what_is_too_long_to_compare_is_kept():
    assert wording("a " * LONGEST).rest == "a " * (LONGEST // 2 - 1) + "a"


# ------------------------------------------------------------------------------------------------------------- senders
def sender(address, name="Rima Khoury", phone=""):
    return Sender(name, name_words(name), address, own_domain(address), phone)


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("grace@kmen.example.org", "graace@kmen.example.org", True),
        ("grace@kmen.example.org", "grcae@kmen.example.org", True),
        ("grace@kmen.example.org", "grace@kmen.example.or", True),
        ("grace@kmen.example.org", "grace@kmen.example.org", False),
        ("ana@kmen.example.org", "ama@kmen.example.org", False),
        ("team1@kmen.example.org", "team2@kmen.example.org", False),
        ("grace@kmen.example.org", "grace@other.example.org", False),
    ],
)
def test_addresses_one_typing_error_apart(one, other, near):
    assert addresses_near(sender(one), sender(other)) is near
    assert addresses_near(sender(other), sender(one)) is near


@pytest.mark.parametrize(
    ("one", "other", "conflict"),
    [
        ("María Ortiz", "Mario Ortiz", True),
        ("Rima Khoury", "Samir Haddad", True),
        ("Rima Khoury", "KHOURY Rima", False),
        ("Rima Khoury", "Rima", False),
        ("Rima Khoury", "Rima Khouri Saad", True),
        ("Rima Khoury", "Rima Khourry", False),
        ("R. Khoury", "Rima Khoury", False),
        ("Rima K.", "Rima Khoury Saad", False),
        ("S. Khoury", "Rima Khoury", True),
        ("Rima K.", "Rima Haddad", True),
        ("Rima K.", "Rima H.", True),
        ("", "Rima Khoury", False),
    ],
)
def test_names_that_cannot_be_one_person(one, other, conflict):
    assert names_conflict(name_words(one), name_words(other)) is conflict
    assert names_conflict(name_words(other), name_words(one)) is conflict


@pytest.mark.parametrize(
    ("typed", "digits"),
    [("+254 20 555 0102", "205550102"), ("254205550102.0", "205550102"), ("555-0102", ""), ("ask me", "")],
)
def test_the_last_digits_of_a_phone(typed, digits):
    assert last_digits(typed) == digits


@pytest.mark.parametrize(("address", "own"), [("a@gmail.com", ""), ("a@yahoo.co.uk", ""), ("a@kmen.org", "kmen.org")])
def test_a_mail_service_is_nobodys_own_domain(address, own):
    assert own_domain(address) == own


# ----------------------------------------------------------------------------------------------------------- the lists
@pytest.mark.parametrize("word", ["niños", "padres", "año", "ano", "fathers", "pères", "masculinities", "zapato"])
def test_real_words_are_known(word):
    assert RULES.known.spelt(word)


@pytest.mark.parametrize("word", ["policias", "violenncia", "zzzzz", "", "aaaa"])
def test_other_spellings_are_not(word):
    assert not RULES.known.spelt(word)


def test_a_word_without_its_accents_is_known_as_such():
    assert RULES.known.unaccented("policias")
    assert not RULES.known.unaccented("polcias")


@pytest.mark.parametrize(("one", "other"), [("niños", "niñas"), ("violencia", "violenncia"), ("policías", "policias")])
def test_a_typing_error_is_one_in_both_directions(one, other):
    assert is_typo(one, other, RULES.known) is is_typo(other, one, RULES.known)
