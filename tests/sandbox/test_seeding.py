"""A rehearsal on the staff's own sheets: what is read from their exports, and that nobody can be recognised in it."""

import csv
import json
import random
import re
import subprocess
import sys
import unicodedata
from contextlib import closing
from datetime import datetime

import pytest
from openpyxl import Workbook
from typer.testing import CliRunner

from config.sandbox import LEDGER_FILE, spreadsheet_id
from config.settings import ROOT, load_languages, load_programme
from flows.cli import app
from tasks.sandbox.failures import SandboxError
from tasks.sandbox.seeding.contents import Contents, fill
from tasks.sandbox.seeding.pseudonyms import Pseudonyms
from tasks.sandbox.sheets.shown import shown
from tasks.sandbox.store import Store
from tasks.sandbox.world import new_world

PROGRAMME = load_programme(ROOT / "config")
LANGUAGES = load_languages(ROOT / "config", PROGRAMME)
SAMPLES = json.loads((ROOT / "tasks/sandbox/seeding/samples/responses.json").read_text(encoding="utf-8"))
MEMBERS = PROGRAMME.register_.members.columns
WANGARI = {
    "timestamp": "31/01/2024 14:05:00",
    "email": "Wangari.Kamau@kamau-family.example.org",
    "contact_name": "Wangari Kamau",
    "organisation": "Nyeri Fathers",
    "country": "Kenya",
    "membership": "Yes",
    "title": "What Kamau learned in 2023",
    "summary": "Write to wangari.kamau@kamau-family.example.org, see https://nyeri.example.org/. Not before March.",
    "themes": "Climate justice, Other: Njoroge's work",
    "format": "Panel",
    "session_languages": "English",
    "time_zone": "Nairobi",
    "recording": "No",
    "phone": "+254 712 345 678",
}


def csv_of(path, headers, *rows):
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([headers, *rows])
    return path


def form_csv(folder, *answers, code="en", more=()):
    """The response sheet of a form as staff export it; ``more`` are columns that they added."""
    headers = [*LANGUAGES[code].questions.values(), *more]
    rows = [[*(answer.get(field, "") for field in LANGUAGES[code].questions), *more] for answer in answers]
    return csv_of(folder / f"{code}.csv", headers, *rows)


def members_csv(folder, *rows):
    return csv_of(folder / "members.csv", MEMBERS.values(), *rows)


@pytest.fixture
def seeded(tmp_path):
    """Fill a new sandbox and read a tab back as Sheets shows it: ``seeded(files…)(role, tab)``."""
    with closing(Store(tmp_path / "data")) as store:

        def fill_from(*files, keep=False):
            contents = Contents(exports=files, keep_personal_data=keep)
            told = fill(store, PROGRAMME, LANGUAGES, contents)
            books = new_world(store, PROGRAMME, LANGUAGES).books

            def table(role, tab):
                book = books.get(spreadsheet_id(role))
                return [[shown(cell, book.locale) for cell in row] for row in book.titled(tab).rows]

            table.told = told
            return table

        yield fill_from


def english(table):
    headers, *rows = table("responses-en", "Form Responses 1")
    fields = {header: field for field, header in LANGUAGES["en"].questions.items()}
    return [{fields.get(header, header): cell for header, cell in zip(headers, row, strict=False)} for row in rows]


# ------------------------------------------------------------------------------------------------ what cannot be used
@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("answers.pdf", b"%PDF", "neither a .csv nor an .xlsx file"),
        ("answers.xlsx", b"not a zip", "cannot be read"),
        ("answers.csv", b"\xff\xfe\x00", "cannot be read"),
        ("answers.csv", b"Colour,Size\nred,9\n", "No tab in answers.csv has the headers of a form"),
        ("answers.csv", b"", "No tab in answers.csv has the headers of a form"),
    ],
)
def test_a_file_that_is_no_export_is_refused_with_a_sentence(seeded, tmp_path, name, content, sentence):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(SandboxError, match=sentence):
        seeded(tmp_path / name)


def test_a_missing_file_is_refused_with_a_sentence(seeded, tmp_path):
    with pytest.raises(SandboxError, match="cannot be read"):
        seeded(tmp_path / "nothing.csv")


def test_two_files_for_one_tab_are_refused(seeded, tmp_path):
    with pytest.raises(SandboxError, match=r"en\.csv and en\.csv have the headers of Form Responses 1"):
        seeded(form_csv(tmp_path, WANGARI), form_csv(tmp_path, WANGARI))


def test_after_a_refusal_the_folder_is_as_empty_as_before(seeded, tmp_path):
    (tmp_path / "wrong.csv").write_text("Colour\n")
    with pytest.raises(SandboxError):
        seeded(form_csv(tmp_path, WANGARI), tmp_path / "nothing.csv")
    assert english(seeded(form_csv(tmp_path, WANGARI)))


def test_a_sandbox_that_holds_something_is_not_filled_over(seeded, tmp_path):
    seeded(form_csv(tmp_path, WANGARI))
    with pytest.raises(SandboxError, match="--fresh"):
        seeded(form_csv(tmp_path, WANGARI))


# ------------------------------------------------------------------------------------------------ nobody is recognised
def test_nothing_that_tells_who_it_was_is_left(seeded, tmp_path):
    told = form_csv(tmp_path, WANGARI, more=("ask Wangari first",))
    [answer] = english(seeded(told))
    text = " ".join(cell for header, cell in answer.items() if header != "ask Wangari first").casefold()
    words = {"wangari", "kamau", "nyeri", "fathers", "family", "njoroge", "learned", "write"}
    assert words & set(re.findall(r"[^\W\d_]+", text)) == set()
    assert [one for one, old in zip(answer["phone"], WANGARI["phone"], strict=True) if one == old] == list("+   ")
    assert re.findall(r"[\w.]+@[\w.-]+", text) == [answer["email"]] * 2
    assert answer["email"].endswith(".example")


def test_what_the_pipeline_reads_stays(seeded, tmp_path):
    [answer] = english(seeded(form_csv(tmp_path, WANGARI)))
    kept = ("timestamp", "country", "membership", "format", "session_languages", "time_zone", "recording")
    assert {field: answer[field] for field in kept} == {
        "timestamp": "1/31/2024 14:05:00",
        **{field: WANGARI[field] for field in kept[1:]},
    }
    assert answer["themes"].startswith("Climate justice, Other: ")
    assert " in 2023" in answer["title"]
    assert answer["summary"].endswith(" March.")


def test_the_same_person_stays_the_same_person_in_every_tab(seeded, tmp_path):
    again = WANGARI | {"email": "wangari.kamau@KAMAU-family.example.org ", "title": "what kamau LEARNED in 2023"}
    member = ["Wangari Kamau", "wangari.kamau@kamau-family.example.org", "en", "Africa/Nairobi", "TRUE"]
    table = seeded(form_csv(tmp_path, WANGARI, again), members_csv(tmp_path, member))
    first, second = english(table)
    assert second["email"].strip() == first["email"]
    assert second["title"].casefold() == first["title"].casefold() != first["title"]
    assert first["title"].split()[1] == first["contact_name"].split()[1]
    assert table("register", "Members")[1] == [
        first["contact_name"],
        first["email"],
        "en",
        "Africa/Nairobi",
        "TRUE",
    ]


def test_a_name_that_is_also_a_month_or_a_small_word_does_not_stay(seeded, tmp_path):
    presenters = {"presenters": "Julio Abril, and Domingo Paz in 2023"}
    answers = [WANGARI | {"contact_name": name} | presenters for name in ("June May", "Le Su", "María de la Luz")]
    shown = [answer["contact_name"] for answer in english(seeded(form_csv(tmp_path, *answers)))]
    assert [re.findall(r"\b(?:June|May|Le|Su|María|Luz)\b", name) for name in shown] == [[], [], []]
    assert " de la " in shown[2]


def test_people_named_among_other_words_do_not_stay(seeded, tmp_path):
    named = WANGARI | {"presenters": "Julio Abril and Domingo Paz", "summary": "In March with Julio and Domingo."}
    [answer] = english(seeded(form_csv(tmp_path, named)))
    text = f"{answer['presenters']} {answer['summary']}"
    assert re.findall("Julio|Abril|Domingo|Paz", text) == []
    assert " and " in answer["presenters"]
    assert " March " in answer["summary"]


@pytest.mark.parametrize("wrong", ["Wangari Kamau", "0712345678"])
def test_what_is_no_time_stamp_does_not_stay_in_its_column(seeded, tmp_path, wrong):
    """Somebody shifted the cells; the other rows are still read."""
    first, second = english(seeded(form_csv(tmp_path, WANGARI | {"timestamp": wrong}, WANGARI)))
    assert not set(first["timestamp"].split()) & set(wrong.split())
    assert second["timestamp"] == "1/31/2024 14:05:00"


@pytest.mark.parametrize(
    "number",
    [
        "06 - 12 - 34 - 56 - 78",
        "06/12/34/56/78",
        "+44 (0) 20 7946 0958",
        "0612345678",
        "555\N{EN DASH}123\N{EN DASH}4567",
    ],
)
def test_a_telephone_number_is_replaced_digit_by_digit_and_the_same_by_the_same(number):
    pseudonyms = Pseudonyms([], random.Random(1))  # noqa: S311 (the same each time)
    there, again = (pseudonyms.text(number) for _ in range(2))
    assert there == again != number
    assert re.sub(r"\d", "#", there) == re.sub(r"\d", "#", number)
    assert re.sub(r"\D", "", there) == pseudonyms.text(re.sub(r"\D", "", number))


@pytest.mark.parametrize(
    "date", ["2024-03-15", "15/03/2024", "3/15/2024 10:30", "15.03.2024.", "from 1/3/2024 to 2/3/2024"]
)
def test_dates_in_a_text_stay(date):
    kept = Pseudonyms([], random.Random(1)).text(date)  # noqa: S311 (the same each time)
    assert re.findall(r"[\d/.:-]+", kept) == re.findall(r"[\d/.:-]+", date)


def test_very_long_words_stay_long_and_words_from_right_to_left_stay_so():
    pseudonyms = Pseudonyms(["ليلى"], random.Random(1))  # noqa: S311 (the same each time)
    assert len(pseudonyms.text("x" * 400)) == 400
    replaced = pseudonyms.text("الآباء ليلى Maroc").split()
    assert [unicodedata.bidirectional(word[0]) for word in replaced] == ["AL", "AL", "L"]
    assert not {"الآباء", "ليلى", "Maroc"} & set(replaced)


def test_different_people_stay_different():
    pseudonyms = Pseudonyms([], random.Random(1))  # noqa: S311 (the same each time)
    addresses = [f"person{n}@example.org" for n in range(50)]
    assert len({pseudonyms.address(address) for address in addresses}) == 50
    words = [f"{first}{second}" for first in "abcdefghij" for second in "klmnopqrst" for _ in range(2)]
    assert len({pseudonyms.text(word + "x" * n) for n in range(20) for word in words}) == 100 * 20


def test_every_sample_keeps_its_kind_of_trouble(seeded, tmp_path):
    """Wrong addresses, formulas and odd spaces are what a rehearsal is for."""
    table = seeded(*(form_csv(tmp_path, *SAMPLES[code], code=code) for code in PROGRAMME.forms))
    answers = english(table)
    assert len(answers) == len(SAMPLES["en"])
    for old, new in zip(SAMPLES["en"], answers, strict=True):
        assert ("@" in old["email"]) == ("@" in new["email"])
        assert old["title"][:1] in {"=", "("} or new["title"][:1].isalpha()
        assert old["title"].startswith("=") == new["title"].startswith("=")


def test_who_asks_for_it_gets_the_people_as_they_are(seeded, tmp_path):
    [answer] = english(seeded(form_csv(tmp_path, WANGARI), keep=True))
    assert answer == WANGARI | {"timestamp": "1/31/2024 14:05:00"} | {
        field: "" for field in LANGUAGES["en"].questions if field not in WANGARI and field in answer
    }


# ------------------------------------------------------------------------------------------------ it looks like theirs
def test_columns_that_staff_added_or_moved_stay_where_they_are(seeded, tmp_path):
    headers = ["Our note", *reversed(LANGUAGES["en"].questions.values())]
    row = ["call back", *reversed([WANGARI.get(field, "") for field in LANGUAGES["en"].questions])]
    table = seeded(csv_of(tmp_path / "en.csv", headers, row))
    assert table("responses-en", "Form Responses 1")[0] == headers


def test_a_whole_workbook_is_told_apart_by_its_headers(seeded, tmp_path):
    book = Workbook()
    book.active.title = "Réponses"
    book.active.append(list(LANGUAGES["fr"].questions.values()))
    book.active.append([datetime(2024, 2, 3, 9, 30), "a@example.org", "Awa"])  # noqa: DTZ001 (as a sheet holds it)
    for title, headers in {
        "Pivot": ["x"],
        "Submissions": PROGRAMME.register_.submissions.columns.values(),
        "Members": MEMBERS.values(),
    }.items():
        book.create_sheet(title).append(list(headers))
    book.save(tmp_path / "all.xlsx")
    table = seeded(tmp_path / "all.xlsx")
    assert table("responses-fr", "Réponses au formulaire 1")[1][0] == "03/02/2024 09:30:00"
    assert table.told == [
        "all.xlsx, Réponses: 1 rows in responses-fr, Réponses au formulaire 1.",
        "all.xlsx, Pivot: left out, its headers are those of no tab that the pipeline reads.",
        "all.xlsx, Submissions: left out, the pipeline fills Submissions itself.",
        "all.xlsx, Members: 0 rows in register, Members.",
    ]


@pytest.mark.parametrize(
    ("stamps", "shows"),
    [
        (["1/31/2024 14:05:00", "2/3/2024 1:00:00"], "2/3/2024 1:00:00"),
        (["31/1/2024 14:05:00", "2/3/2024 1:00:00"], "3/2/2024 1:00:00"),
        (["2024-01-31 14:05:00", "2024-02-03 1:00:00"], "2/3/2024 1:00:00"),
    ],
)
def test_the_order_of_day_and_month_is_told_from_all_rows(seeded, tmp_path, stamps, shows):
    rows = [WANGARI | {"timestamp": stamp} for stamp in stamps]
    assert english(seeded(form_csv(tmp_path, *rows)))[1]["timestamp"] == shows


@pytest.mark.parametrize(
    ("stamp", "shows"),
    [
        ("2024/02/14 6:22:00 PM GMT+3", "2/14/2024 10:22:00"),
        ("2024/02/14 12:05:09 AM GMT-5", "2/14/2024 0:05:09"),
        ("2024/02/14 6:22:00 p. m. GMT-6", "2/14/2024 19:22:00"),
        ("2024/02/14 6:22:00 AM GMT+5:30", "2/13/2024 19:52:00"),
        ("2024/02/14 6:22:00 PM UTC", "2/14/2024 13:22:00"),
    ],
)
def test_the_download_of_forms_itself_is_read_in_the_zone_of_the_sheet(seeded, tmp_path, stamp, shows):
    [answer] = english(seeded(form_csv(tmp_path, WANGARI | {"timestamp": stamp})))
    assert answer["timestamp"] == shows


def test_text_that_looks_like_a_formula_stays_text(seeded, tmp_path):
    table = seeded(members_csv(tmp_path, ["=1+1", "a@example.org", "en", "", "FALSE"]), keep=True)
    assert table("register", "Members")[1] == ["=1+1", "a@example.org", "en", "", "FALSE"]


# ------------------------------------------------------------------------------------------------ at the command line
def test_the_command_fills_starts_over_and_takes_the_ledger_along(tmp_path):
    folder = tmp_path / "data"
    (folder / "mine").mkdir(parents=True)
    command = [sys.executable, "-m", "flows.cli", "sandbox", "--data", str(folder)]
    answers = str(form_csv(tmp_path, WANGARI))

    def served(*more):
        """The first line that it prints, then Ctrl-C; what it said beside it."""
        with subprocess.Popen(  # noqa: S603 (our own command)
            [*command, *more], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ) as process:
            line = process.stdout.readline()
            process.terminate()
            return line, process.communicate(timeout=20)[1]

    assert served("--seed", answers)[1] == "en.csv: 1 rows in responses-en, Form Responses 1.\n"
    (folder / LEDGER_FILE).write_bytes(b"of the old sandbox")
    refused = CliRunner().invoke(app, ["sandbox", "--data", str(folder), "--seed", answers])
    assert (refused.exit_code != 0, refused.stdout) == (True, "")
    assert "--fresh" in refused.stderr
    line, _ = served("--seed", answers, "--fresh")
    assert json.loads(line)["base_url"].startswith("http://127.0.0.1:")
    assert not (folder / LEDGER_FILE).exists()
    assert (folder / "mine").is_dir()
    refused = CliRunner().invoke(app, ["sandbox", "--data", str(folder), "--seed", answers, "--samples", "--fresh"])
    assert (refused.exit_code != 0, refused.stdout) == (True, "")
    assert "choose one of them" in refused.stderr
