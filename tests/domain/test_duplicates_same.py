"""*Same* without asking anybody: only typing errors and additions, and never where the meaning may have changed."""

from dataclasses import replace

import pytest

from tasks.domain.duplicates.proposal import proposal_of
from tasks.domain.duplicates.verdict import Outcome
from tasks.domain.keys import response_key
from tests.domain.proposal_builders import LATER, a_proposal, in_the_way, sent_again, verdict
from tests.domain.sheet_builders import STAMP, the_response

TYPING_ERRORS = """
    Working with fathers in Lebanon | Working with fahters in Lebanon
    Masculinidades y cuidados | Masculinidaes y cuidados
    Grupos de reflexión con policías | Grupos de reflexion con policias
    Paternidades en prisión | PATERNIDADES EN PRISION
    Prevención de la violencia | Prevencion de la violenncia
    Responsables religieux au Congo | Responsables religeux au Congo
    L'école des maris : limites | L\u2019ecole des maris: limites
    Boda boda riders as allies | Boda-boda riders as allies!
    Engaging traditional leaders | Engaging traditoinal leaders
    Transforming masculinities together | Transforming masculinties together
    Videojuegos y machismo | Videojuegos y machiismo
    Accountability to women's movements | Acountability to women's movements
    Hombres jóvenes por la igualdad | Hombres jóvenes por la iguladad
    Communautés de pratique | Comunautés de pratique
    El cuidado compartido | El cuiddo compartido
    الآباء والرعاية | «الآباء والرعاية»
"""
ANOTHER_MEANING = """
    Talleres con niños | Talleres con niñas
    El trabajo legal de los cuidados | El trabajo ilegal de los cuidados
    Encuentro de padres | Encuentro de madres
    Irak y sus hombres | Irán y sus hombres
    Young men in Iraq | Young men in Iran
    Un año de paz | Un ano de paz
    La pêche des hommes | La péché des hommes
    Des hommes salés | Des hommes sales
    El hombre público | El hombre publico
    Periodismo con fronteras | Periodismo sin fronteras
    Del campo a la ciudad | De la ciudad al campo
    From anger to shame | From shame to anger
    La familia acepta | La familia no acepta
    Men who talk | Men who do not talk
    Quand les pères parlent | Quand les pères ne parlent pas
    Fathers with children | Fathers without children
    Fathers in Lebanon | Fathers in Jordan
    Working with fathers | Working with fathers in Kenya
    Working with fathers | Working with mothers
    Women at work | Woman at work
    Healing the nation | Heading the nation
    Public health and boys | Pubic health and boys
    Casas de hombres | Cazas de hombres
    Hombres y mujeres | Hombres o mujeres
    Faith leaders (Part 1) | Faith leaders (Part 2)
    Faith leaders | Faith leaders II
    Faith leaders 2023 | Faith leaders 2024
    Ten lessons | Two lessons
    12 voices | 21 voices
    Microfinanzas para hombres | Macrofinanzas para hombres
    Hypermasculinity at school | Hypomasculinity at school
    Interracial dialogue | Intraracial dialogue
    Des amis pour la paix | Des amies pour la paix
    Los maestros de Kisumu | Los maestros de Kisuma
    Taller con María | Taller con Mario
    La nación de los hombres | La nocion de los hombres
    Fathers and sons | Fathers and sons and daughters
    Working with fathers | Working with young fathers
    الآباء والرعاية | النساء والقيادة
    ??? | ???
    👶🌱 | 👶🌱
"""


def table(text):
    return [tuple(piece.strip() for piece in line.split("|")) for line in text.strip().splitlines()]


@pytest.mark.parametrize(("before", "after"), table(TYPING_ERRORS))
def test_typing_errors_in_a_title_are_a_new_version(before, after):
    assert sent_again(before, after).outcome is Outcome.same


@pytest.mark.parametrize(("before", "after"), table(ANOTHER_MEANING))
def test_a_title_that_may_mean_something_else_is_no_new_version(before, after):
    assert in_the_way(before, after) != ()
    assert sent_again(before, after).outcome is not Outcome.same


@pytest.mark.parametrize(
    ("before", "after"),
    [("La familia acepta", "La familia no acepta"), ("Un año de paz", "Un ano de paz"), ("Con niños", "Con niñas")],
)
def test_what_a_word_turned_round_is_shown_to_staff(before, after):
    assert sent_again(before, after).outcome is Outcome.possible


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Riders who escort women at night.", "Riders who escort women at night, with two riders speaking."),
        ("Un taller con adolescentes.", "Un taller con adolescentes. Ahora con dos facilitadoras."),
        ("Une campagne radio.", "Une campagne radio, puis un débat ouvert."),
        ("Tres años de talleres con policías.", "Tres años de talleres con polcías municipales."),
    ],
)
def test_what_was_added_to_a_summary_is_a_new_version(before, after):
    assert sent_again(before, after, field="summary").outcome is Outcome.same
    assert sent_again(after, before, field="summary").outcome is Outcome.same


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        ("The men accept it.", "The men do not accept it.", "added-negation"),
        ("Un taller para padres.", "Un taller para padres, sin las madres.", "added-negation"),
        ("A group of fathers.", "A group of 40 fathers.", "added-number"),
        ("Dialogues with leaders.", "Dialogues with leaders in Uganda.", "added-place"),
        ("Dialogues with leaders.", "Dialogues with leaders in Kisumu.", "added-place"),
        ("Dialogues with leaders.", "Exercises for couples.", "summary-words"),
        ("Men guide boys.", "Boys guide men.", "summary-words"),
        ("Men guide boys.", "", "empty-summary"),
        ("Men.", "Why men and boys join, and how they leave, and what men do then, and why.", "summary-words"),
    ],
)
def test_another_meaning_of_a_summary_is_named(before, after, why):
    blank = {"summary": "-"} if not after else {}

    assert why in in_the_way(before, after or "-", field="summary", **blank)


@pytest.mark.parametrize(
    ("field", "value", "why"),
    [
        ("contact_name", "Samir Haddad", "name"),
        ("country", "Jordan", "region"),
        ("format", "Workshop", "closed-answers"),
        ("interpretation", "", "closed-answers"),
        ("themes", "LGBTIQ rights", "closed-answers"),
        ("timestamp", STAMP + 366, "year"),
    ],
)
def test_every_other_difference_that_counts_is_named(field, value, why):
    assert in_the_way("Working with fathers", "Working with fathers", **{field: value}) == (why,)


def test_other_people_on_stage_are_not_the_same_submission():
    assert in_the_way("Samir Haddad", "Omar Saad", field="presenters") == ("presenters",)
    assert in_the_way("Samir Haddad", "Samir Haddad; Omar Saad", field="presenters") == ()


@pytest.mark.parametrize(
    ("changes", "same"),
    [
        ({"email": "rima+colab@abaad.example.org"}, True),
        ({"email": "rimma@abaad.example.org"}, True),
        ({"email": "rima.k@abaad.example.org"}, True),
        ({"email": "rima@gmail.com", "phone": "+961 1 555 0101"}, True),
        ({"email": "rima@gmail.com"}, True),
        ({"email": "rima@gmail.com", "organisation": "Another House"}, False),
        ({"email": "rima@gmail.com", "contact_name": "Rimo Khoury"}, False),
        ({"contact_name": "Rima"}, True),
        ({"contact_name": "KHOURY, Rima"}, True),
    ],
)
def test_a_person_is_known_by_more_than_the_name(changes, same):
    first = a_proposal(phone="+961 1 555 0101")
    again = a_proposal("M4XB7T", timestamp=LATER, **{"phone": "", **changes})

    assert (verdict(first, again).outcome is Outcome.same) is same


def test_a_name_alone_never_joins():
    first = a_proposal(email="rima@gmail.com")
    again = a_proposal("M4XB7T", email="rk@yahoo.com", organisation="Another House", timestamp=LATER)

    assert (verdict(first, again).outcome, verdict(first, again).why_not_automatic) == (Outcome.possible, ("person",))


def test_an_edit_that_forms_vouches_for_is_the_same_whatever_was_changed():
    first = a_proposal(response_id="R1")
    edited = a_proposal("M4XB7T", response_id="R1", title="Quite another", summary="Text", timestamp=LATER)

    assert verdict(first, edited).outcome is Outcome.same


def test_the_id_of_forms_is_read_from_the_key_of_a_response():
    of_forms = replace(the_response(), key=f"{response_key('R1')}#2")

    assert proposal_of("K7P2QX", of_forms).response_id == response_key("R1")
    assert proposal_of("K7P2QX", the_response()).response_id == ""


def test_two_responses_without_an_id_are_not_one_by_that():
    first, other = a_proposal(), a_proposal("M4XB7T", title="Quite another", summary="Text", timestamp=LATER)

    assert verdict(first, other).outcome is not Outcome.same


def test_the_same_text_through_another_form_is_only_possible():
    first, other = a_proposal(), a_proposal("M4XB7T", language="fr", timestamp=LATER)

    assert (verdict(first, other).outcome, verdict(first, other).why_not_automatic) == (Outcome.possible, ("language",))


def test_last_years_session_again_is_only_possible():
    assert sent_again("Fathers", "Fathers", timestamp=STAMP + 366).outcome is Outcome.possible
