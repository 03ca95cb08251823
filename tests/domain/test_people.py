"""Presenters as people write them down."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.domain.models import Person, Presenter
from tasks.domain.people import parse_presenters, presenters_text

GRACE = Person("Grace Otieno", "grace@kmen.example.org", "grace@kmen.example.org")


def found(text):
    return [(one.name, one.person.address if one.person else None) for one in parse_presenters(text, GRACE)]


@pytest.mark.parametrize(
    ("text", "presenters"),
    [
        ("", []),
        ("Rima Khoury, ABAAD, rima@abaad.example.org", [("Rima Khoury", "rima@abaad.example.org")]),
        ("Rima Khoury <rima@abaad.example.org>", [("Rima Khoury", "rima@abaad.example.org")]),
        ('"Rima Khoury" <rima@abaad.example.org>', [("Rima Khoury", "rima@abaad.example.org")]),
        ("Rima Khoury rima@abaad.example.org", [("Rima Khoury", "rima@abaad.example.org")]),
        ("rima@abaad.example.org", [("", "rima@abaad.example.org")]),
        ("Samir Haddad; Rima Khoury", [("Samir Haddad", None), ("Rima Khoury", None)]),
        ("Joseph Ilunga ; Espérance Mbuyi", [("Joseph Ilunga", None), ("Espérance Mbuyi", None)]),
        ("Aïssatou Diop\n\nMamadou N'Diaye\n", [("Aïssatou Diop", None), ("Mamadou N'Diaye", None)]),
        ("Ana <a@example.org>, Eva <e@example.org>", [("Ana", "a@example.org"), ("Eva", "e@example.org")]),
        ("- Ana Pérez\n2. Eva", [("Ana Pérez", None), ("Eva", None)]),
        ("Ana (moderator)", [("Ana", None)]),
        ("Ana (ana@example.org)", [("Ana", "ana@example.org")]),
        ("(moderator) 1. Ana", [("Ana", None)]),
        ("(moderator) 1. ana@example.org", [("", "ana@example.org")]),
        ("(por seguridad, después)", []),
        ("Jean-Paul Kouassi - Côte", [("Jean-Paul Kouassi", None)]),
        ("grace  OTIENO", [("grace OTIENO", "grace@kmen.example.org")]),
        ("Grace Otieno, KMEN, other@kmen.example.org", [("Grace Otieno", "other@kmen.example.org")]),
        ("Ana a@example.org b@example.org", [("Ana", None)]),
        ("Grace Otieno a@example.org b@example.org", [("Grace Otieno", None)]),
        ("Ana, not@an@address", [("Ana", None)]),
        ("Ana Pérez y Eva Ruiz", [("Ana Pérez", None), ("Eva Ruiz", None)]),
        ("Samir Haddad / Rima Khoury", [("Samir Haddad", None), ("Rima Khoury", None)]),
        ("Ana Ruiz, Eva Ruiz", [("Ana Ruiz", None)]),
        ("Awa Diop et Jean-Paul N'Da", [("Awa Diop", None), ("Jean-Paul N'Da", None)]),
        ("Ana Ruiz and Grace Otieno", [("Ana Ruiz", None), ("Grace Otieno", "grace@kmen.example.org")]),
        ("Ana a@example.org and Eva e@example.org", [("Ana", "a@example.org"), ("Eva", "e@example.org")]),
        ("José Ortega y Gasset", [("José Ortega y Gasset", None)]),
        ("Ana y Eva", [("Ana y Eva", None)]),
        ("Healthy Men and Strong Communities", [("Healthy Men and Strong Communities", None)]),
        ("Red Diversas y Juventudes Unidas", [("Red Diversas y Juventudes Unidas", None)]),
        ("Ana Pérez y su equipo", [("Ana Pérez y su equipo", None)]),
    ],
)
def test_presenters_are_read_from_what_people_write(text, presenters):
    assert found(text) == presenters


def test_without_a_submitter_a_bare_name_has_no_address():
    assert parse_presenters("Grace Otieno", None) == (Presenter("Grace Otieno", "Grace Otieno"),)


def test_prefilled_lines_are_name_and_address_and_nothing_is_lost_without_one():
    text = presenters_text(parse_presenters("Grace Otieno, KMEN\nSamir Haddad, ABAAD (online)", GRACE))

    assert text == "Grace Otieno <grace@kmen.example.org>\nSamir Haddad, ABAAD (online)"


PIECES = ["Ana", "de", "O'Neill", "Núñez", "(note)", ",", "a@example.org", ";", "\n", "-", "1.", ":", "*", "and", "/"]
WORDS = st.lists(st.sampled_from(PIECES))


@given(WORDS.map(" ".join))
def test_prefilled_lines_are_read_back_as_the_same_people(text):
    presenters = parse_presenters(text, GRACE)

    again = parse_presenters(presenters_text(presenters), GRACE)

    assert [(one.name, one.person) for one in again] == [(one.name, one.person) for one in presenters]
