"""Contacts from files of any program: who is new, who is there, who is refused and why; consent is never assumed."""

import csv
import io
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.settings import ROOT, load_words
from tasks.domain.contact_file import FIELDS, NoContacts, read_contacts, rows_in_short, wording
from tasks.domain.member_import import MOST_ROWS, Changed, Refused, Standing, decide_import, find_people
from tasks.domain.table import read_table
from tests.domain.sheet_builders import LANGUAGES, PROGRAMME, a_tab

COLUMNS = PROGRAMME.register_.members
WORDS = [load_words(ROOT / "config", code) for code in ("en", "es", "fr")]
KNOWN = wording(
    {field: [word for one in WORDS for word in one.members[f"header-{field}"].split("|")] for field in FIELDS}
)
GOOGLE = (
    "First Name,Middle Name,Last Name,Phonetic First Name,Nickname,Labels,E-mail 1 - Label,E-mail 1 - Value,"
    "E-mail 2 - Label,E-mail 2 - Value,Address 1 - Country\n"
    "Eva,María,Díaz,,,CoLab ::: * myContacts,* Work,eva@example.org,Home,eva.diaz@example.com,Peru\n"
    "Otto,,,,,* myContacts,* ,otto@example.org,,,\n"
)
OLD_GOOGLE = (
    "Name,Given Name,Additional Name,Family Name,Group Membership,E-mail 1 - Type,E-mail 1 - Value\n"
    "Eva María Díaz,Eva,María,Díaz,CoLab ::: * myContacts,* Work,eva@example.org ::: eva.diaz@example.com\n"
)


def read(text, encoding="utf-8"):
    return read_contacts(text.encode(encoding), KNOWN)


def known_rows(*rows):
    table = read_table(a_tab(COLUMNS, *rows), COLUMNS.columns)
    return {row.text("email"): row for row in table.rows}


def plan(text, *rows, not_again=(), label="", language=""):
    file = read(text)
    people = list(find_people(file, label))
    identities = {one.address_key: f"id-{one.address_key}" for _, one in people if one}
    standing = Standing(COLUMNS, known_rows(*rows), dict(not_again), identities)
    return decide_import(file, people, standing, LANGUAGES, language)


def cells(found):
    return [line.cells for _, line in found.new]


# ------------------------------------------------------------------------------------------------ files
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_letters_and_separators_are_recognised(separator, encoding):
    text = f"Nom{separator}Courriel\r\nÉtienne Müller{separator}etienne@example.org\r\n"

    (contact,) = read_contacts(text.encode(encoding), KNOWN).contacts

    assert (contact.row, contact.cells, contact.emails) == (2, {"name": "Étienne Müller"}, ("etienne@example.org",))


@pytest.mark.parametrize(
    ("headers", "values", "name"),
    [
        ("Name;E-mail", "Eva Díaz;eva@example.org", "Eva Díaz"),
        ("Nombre;Apellidos;Correo electrónico", "Eva;Díaz;eva@example.org", "Eva Díaz"),
        ("Prénom;Nom;Courriel", "Eva;Díaz;eva@example.org", "Eva Díaz"),
        ("First name;Last name;Email", "Eva;Díaz;eva@example.org", "Eva Díaz"),
        ("EMAIL ADDRESS;full name", "eva@example.org;Eva Díaz", "Eva Díaz"),
        ("sep=;\nName;E-mail", "Eva Díaz;eva@example.org", "Eva Díaz"),
    ],
)
def test_headers_may_be_in_any_language_of_staff(headers, values, name):
    (contact,) = read(f"{headers}\n{values}\n").contacts

    assert (contact.cells["name"], contact.emails) == (name, ("eva@example.org",))


@pytest.mark.parametrize("export", [GOOGLE, OLD_GOOGLE])
def test_an_export_of_google_contacts_is_read(export):
    contact = read(export).contacts[0]

    assert (contact.cells["name"], contact.emails) == ("Eva María Díaz", ("eva@example.org", "eva.diaz@example.com"))
    assert contact.labels == {"colab", "mycontacts"}


def test_rows_are_counted_as_a_spreadsheet_counts_them():
    found = read('Name,E-mail\n"Eva\nDíaz",eva@example.org\n\n,\nOtto,otto@example.org\n')

    assert [(one.row, one.cells["name"]) for one in found.contacts] == [(2, "Eva Díaz"), (5, "Otto")]


@pytest.mark.parametrize("text", ["", "\n", "a,b\n1,2\n", "Name\nEva\n", "\0\0\0", "%PDF-1.7\n"])
def test_a_file_without_addresses_is_refused_with_a_sentence(text):
    with pytest.raises(NoContacts, match="names no column of e-mail addresses"):
        read(text)


def test_a_huge_file_and_a_huge_cell_are_refused():
    with pytest.raises(NoContacts, match="larger than 20 MB"):
        read_contacts(b"x" * 20_000_001, KNOWN)
    with pytest.raises(NoContacts, match="not a table"):
        read("E-mail\n" + "x" * 200_000)


@given(st.binary(max_size=300))
def test_any_file_is_read_or_refused(data):
    with suppress(NoContacts):
        found = read_contacts(b"E-mail,Name\n" + data, KNOWN)

        assert all(one.cells or one.emails for one in found.contacts)


@given(st.lists(st.lists(st.text(max_size=20), min_size=2, max_size=2), max_size=5))
def test_what_a_program_wrote_is_read_as_it_was(rows):
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";").writerows([["E-mail", "Name"], *rows])

    found = read_contacts(text.getvalue().encode("utf-16", "replace"), KNOWN)

    assert len(found.contacts) <= len(rows)


# ------------------------------------------------------------------------------------------------ who is new
def test_who_is_new_is_added_without_being_subscribed():
    found = plan("Name;E-mail;Idioma;Zona horaria;País;Temas\nEva;Eva@example.org;español;Lima;Perú;climate\n")

    assert cells(found) == [
        {
            "name": "Eva",
            "email": "Eva@example.org",
            "language": "Español",
            "time_zone": "Lima",
            "country": "Perú",
            "topics": "climate",
            "kinds": "",
            "discretion": "",
            "subscribed": "",
        }
    ]
    ((row, line),) = found.new
    assert (row, line.effect_key, line.ref) == (2, "row:members:id-eva@example.org", "")


@pytest.mark.parametrize(
    ("typed", "subscribed"), [("yes", True), ("Sí", True), ("TRUE", True), ("no", ""), ("", ""), ("perhaps", "")]
)
def test_consent_is_what_the_file_says_and_never_assumed(typed, subscribed):
    (found,) = cells(plan(f"E-mail;Subscribed\neva@example.org;{typed}\n"))

    assert found["subscribed"] == subscribed


@pytest.mark.parametrize(("usual", "language"), [("", ""), ("fr", "Français")])
def test_a_language_that_no_row_names_is_left_to_staff_or_given_for_all(usual, language):
    (found,) = cells(plan("E-mail\neva@example.org\n", language=usual))

    assert found["language"] == language


def test_only_contacts_with_the_label_are_taken():
    assert [one["name"] for one in cells(plan(GOOGLE, label="colab"))] == ["Eva María Díaz"]
    assert len(plan(GOOGLE).new) == 2


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("E-mail;Name\neva;Eva\n", Refused(2, "E-mail", "is not one e-mail address")),
        ("Name;Correo\nEva;\n", Refused(2, "Correo", "is empty")),
        ("E-mail;Name\neva@example.org, ana@example.org;Eva\n", Refused(2, "E-mail", "is not one e-mail address")),
        ("E-mail\neva@example.org\nEVA@example.org\n", Refused(3, "E-mail", "is the address of row 2, too")),
        ("E-mail;Langue\neva@example.org;Klingon\n", Refused(2, "Langue", "is not a language of this programme")),
    ],
)
def test_who_is_refused_is_told_with_row_column_and_reason(text, refused):
    found = plan(text)

    assert found.refused == (refused,)
    assert refused.words.startswith(f"row {refused.row}, {refused.column}: ")
    assert "eva@" not in refused.words


def test_who_left_or_was_taken_out_does_not_come_back_by_a_file():
    found = plan("E-mail\neva@example.org\n", not_again={"id-eva@example.org": "has unsubscribed by mail"})

    assert (found.new, found.refused) == ((), (Refused(2, "E-mail", "has unsubscribed by mail"),))


EVA = {"name": "Eva", "email": "eva@example.org", "language": "es", "time_zone": "America/Lima", "subscribed": False}


@pytest.mark.parametrize(
    "text",
    [
        "E-mail\nEVA@example.org\n",
        "E-mail;Name;Language\neva@example.org;eva;Spanish\n",
        "E-mail;Name;Subscribed;Topics\neva@example.org;Eva;no;\n",
    ],
)
def test_who_is_there_as_the_file_says_is_the_same(text):
    found = plan(text, EVA)

    assert (found.new, found.changed, found.refused, found.same) == ((), (), (), 1)


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("E-mail;Name\neva@example.org;Eva Díaz\n", ("Name",)),
        ("E-mail;Language\neva@example.org;French\n", ("Language",)),
        ("E-mail;Time zone;Topics\neva@example.org;Madrid;peace\n", ("Time zone", "Topics")),
        ("E-mail;Subscribed\neva@example.org;yes\n", ("Subscribed",)),
    ],
)
def test_who_is_there_otherwise_is_told_and_nothing_is_changed(text, columns):
    found = plan(text, EVA)

    assert (found.new, found.changed, found.same) == ((), (Changed(2, 2, columns),), 0)


def test_a_large_file_is_imported_in_parts():
    text = "E-mail\n" + "".join(f"person{number}@example.org\n" for number in range(MOST_ROWS + 5))

    found = plan(text)

    assert (len(found.new), found.later) == (MOST_ROWS, 5)


@pytest.mark.parametrize(("rows", "told"), [([2], "row 2"), ([2, 3, 4, 7, 9, 10], "rows 2-4, 7, 9-10")])
def test_rows_are_told_in_short(rows, told):
    assert rows_in_short(rows) == told
