"""People from a file are added to Members once, whatever happens, and nobody is named in a report."""

from datetime import timedelta

import pytest

from tests.acceptance.people import A_MEMBER, FEBRUARY, add, effects_of, fault, shown

FILE = (
    "Nombre;Correo electrónico;Idioma;País;Suscrito\n"
    "Eva Díaz;eva@example.org;español;Perú;sí\n"
    "=HYPERLINK(1);otto@example.org;inglés;;\n"
    "Sin dirección;;;;\n"
    "Sipho;sipho@example.net;francés;;\n"
)
LATER = FEBRUARY + timedelta(minutes=5)
BATCH = r":batchUpdate$"


@pytest.fixture
def bring(office, tmp_path):
    """Import a file."""
    path = tmp_path / "contacts.csv"

    def start(text=FILE, encoding="cp1252", now=FEBRUARY, **more):
        path.write_bytes(text.encode(encoding))
        return office.run("import-members", now=now, file=str(path), **more)

    add(office, "Members", A_MEMBER)
    return start


def members(office):
    return shown(office, "Members", "Name", "E-mail", "Language", "Country", "Subscribed")


def test_new_people_are_added_as_they_are_and_the_others_are_told(office, bring):
    outcome = bring()

    assert members(office) == [
        ("Sipho", "sipho@example.net", "en", "", True),
        ("Eva Díaz", "eva@example.org", "Español", "Perú", True),
        ("=HYPERLINK(1)", "otto@example.org", "English", "", ""),
    ]
    assert outcome.done == ["new in Members: 2, from rows 2-3", "register · Members: rows added: 2"]
    assert outcome.held == [
        "row 5: says something else than row 2 of Members in Language; nothing is changed there",
        "row 4, Correo electrónico: is empty",
    ]
    assert (outcome.red, outcome.skipped["in Members already"]) == (False, 1)
    assert "eva" not in str(outcome).casefold()
    assert "eva" not in str(effects_of(office)).casefold()


def test_a_file_that_is_imported_twice_adds_nobody(office, bring):
    bring()
    before = members(office)

    outcome = bring(now=LATER)

    assert (outcome.done, members(office)) == ([], before)


@pytest.mark.parametrize("how", ["drop-before", "drop-after"])
def test_nobody_is_added_twice_when_an_answer_is_lost(office, bring, how):
    fault(office, "POST", BATCH, how)
    assert bring().red

    bring(now=LATER)

    assert [row[1] for row in members(office)] == ["sipho@example.net", "eva@example.org", "otto@example.org"]


def test_who_was_deleted_from_members_does_not_come_back(office, bring):
    bring()
    office.book("register").worksheet("Members").delete_rows(3)

    outcome = bring(now=LATER)

    assert [row[1] for row in members(office)] == ["sipho@example.net", "otto@example.org"]
    assert outcome.held[1].startswith("row 2, Correo electrónico: was in Members before, and the row was deleted")


def test_a_rehearsal_adds_nobody(office, bring):
    assert bring(live=False).done == ["new in Members: 2, from rows 2-3", "register · Members: rows added: 2"]
    assert len(members(office)) == 1


@pytest.mark.parametrize(("text", "why"), [("Name\nEva\n", "names no column of e-mail addresses")])
def test_a_file_that_cannot_be_used_is_a_sentence(bring, text, why):
    (reason,) = bring(text).failed

    assert why in reason


def test_a_file_that_is_not_there_is_a_sentence(office):
    outcome = office.run("import-members", file="/nowhere/contacts.csv")

    assert outcome.failed == ["the file cannot be read (No such file or directory)"]
