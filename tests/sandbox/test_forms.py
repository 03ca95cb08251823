"""What a sent, edited or refused answer does to the response sheet, and what staff may do there meanwhile."""

import pytest

from config.settings import ROOT, load_languages, load_programme
from tasks.domain.options import read_choice

TITLE, THEMES, PHONE = "Título de la sesión", "Temas", "Teléfono o WhatsApp (opcional)"
ANA = {
    "Su nombre": "Ana Ruiz",
    "Organización o red": "Red Nueva",
    "País donde trabaja": "Chile",
    "¿Su organización es miembro de la Alianza MenEngage?": "Sí",
    TITLE: "Padres que cuidan",
    "summary": "Dos años de talleres.\nLo que no funcionó.",
    THEMES: ["Paz y seguridad", "Derechos LGBTIQ", "Otro: cultura digital, cómics"],
    "Formato": "Taller",
    "session_languages": ["Español"],
    "¿Se puede grabar y compartir la sesión?": "No",
}
SERIAL = {"valueRenderOption": "UNFORMATTED_VALUE"}
AT_EIGHT = 45338 + 2 / 24
"""2024-02-16 08:00 UTC on the clock of Mexico City."""


def sends(place, answers=None, email="ana@example.org", code="es", *, only=False):
    body = {"answers": {**({} if only else ANA), **(answers or {})}, "email": email}
    return place.control(f"forms/{code}/responses", body)


def edits(place, sent, answers, **more):
    return place.control(f"forms/es/responses/{sent['responseId']}", {"answers": answers, **more}, "PUT")


def tab(place):
    return place.book("responses-es").get_worksheet(0)


def rows(place):
    """The rows by header, a time stamp as a number."""
    headers, *found = place.book("responses-es").values_get("A1:ZZ200", params=SERIAL)["values"]
    return [dict(zip(headers, [*row, *[""] * (len(headers) - len(row))], strict=True)) for row in found]


def notes(place):
    answer = place.ask("GET", "/v4/spreadsheets/sandbox-responses-es?includeGridData=true&ranges=A1:ZZ30").json()
    data = answer["sheets"][0]["data"][0]["rowData"]
    found = [(r, c, cell["note"]) for r, row in enumerate(data) for c, cell in enumerate(row.get("values", []))
             if "note" in cell]  # fmt: skip
    return [(data[0]["values"][c]["formattedValue"], row + 1, note) for row, c, note in found]


def frozen(place, at="2024-02-16T08:00:00Z"):
    """Real time runs on from here, but a test is quicker than a minute."""
    place.control("clock", {"now": at})


# ------------------------------------------------------------------------------------------------------- refusals
@pytest.mark.parametrize(
    ("answers", "email", "told"),
    [
        ({TITLE: ""}, "ana@example.org", f"{TITLE}: required"),
        ({TITLE: "  \n "}, "ana@example.org", f"{TITLE}: required"),
        ({THEMES: []}, "ana@example.org", f"{THEMES}: required"),
        ({}, "", "email: required"),
        ({}, "ana@example", "email: no_email"),
        ({}, "Ana <ana@example.org>", "email: no_email"),
        ({"Formato": "Circo"}, "ana@example.org", "Formato: no_option"),
        ({"Formato": ["Taller", "Panel"]}, "ana@example.org", "Formato: no_option"),
        ({TITLE: "x" * 50_001}, "ana@example.org", f"{TITLE}: too_long"),
        ({"Color": "rojo"}, "ana@example.org", "does not ask 'Color'"),
    ],
)
def test_a_wrong_answer_is_refused_and_leaves_nothing_behind(shared, answers, email, told):
    before = rows(shared), shared.control("forms/es/responses")
    body = {"answers": {**ANA, **answers}, "email": email}
    answer = shared.ask("POST", "/control/forms/es/responses", json=body)
    assert (answer.status_code, told in answer.json()["error"]["message"]) == (400, True), answer.text
    assert (rows(shared), shared.control("forms/es/responses")) == before


def test_a_form_that_is_closed_takes_neither_answers_nor_edits(place):
    sent = sends(place)
    assert place.control("forms/es", {"accepting": False})["accepting"] is False
    before = rows(place)
    again = place.ask("POST", "/control/forms/es/responses", json={"answers": ANA, "email": "ana@example.org"})
    edit = place.ask("PUT", f"/control/forms/es/responses/{sent['responseId']}", json={"answers": {TITLE: "x"}})
    assert (again.status_code, edit.status_code, rows(place)) == (403, 403, before)
    place.control("forms/es", {"accepting": True})
    sends(place)
    assert len(rows(place)) == len(before) + 1


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("POST", "forms/pt/responses", {"answers": {}}, 404),
        ("PUT", "forms/es/responses/none", {"answers": {}}, 404),
        ("POST", "forms/es/responses", {"answers": []}, 400),
        ("POST", "forms/es/responses", {"reply": {}}, 400),
        ("POST", "forms/es", {"accepting": "no"}, 400),
        ("POST", "forms/es/questions", {"title": ""}, 400),
        ("POST", "forms/es/questions", {"title": "x", "kind": "grid"}, 400),
        ("POST", "forms/es/questions", {"title": "x", "kind": "radio"}, 400),
        ("POST", "forms/es/questions", {"title": "x", "kind": "radio", "options": ["a", "a"]}, 400),
        ("PUT", "forms/es/questions/none", {"title": "x"}, 400),
        ("PUT", "forms/es/questions/title", {"title": " "}, 400),
    ],
)
def test_nonsense_on_the_control_path_is_refused(shared, method, path, body, status):
    before = rows(shared)
    assert shared.ask(method, f"/control/{path}", json=body).status_code == status
    assert rows(shared) == before


# ------------------------------------------------------------------------------------------------------ a new row
def test_an_answer_becomes_the_row_after_the_last_response(place):
    frozen(place)
    before = rows(place)
    sends(place)
    *others, new = rows(place)
    assert others == before
    assert new["Marca temporal"] == pytest.approx(AT_EIGHT, abs=1 / 1440)
    assert {name: text for name, text in new.items() if text and name != "Marca temporal"} == {
        "Dirección de correo electrónico": "ana@example.org",
        "Su nombre": "Ana Ruiz",
        "Organización o red": "Red Nueva",
        "País donde trabaja": "Chile",
        "¿Su organización es miembro de la Alianza MenEngage?": "Sí",
        TITLE: "Padres que cuidan",
        "¿Qué compartirá la sesión? (aprendizajes de los fracasos y desafíos, además de los logros)": (
            "Dos años de talleres.\nLo que no funcionó."
        ),
        THEMES: "Derechos LGBTIQ, Paz y seguridad, Otro: cultura digital, cómics",
        "Formato": "Taller",
        "Idioma(s) de la sesión": "Español",
        "¿Se puede grabar y compartir la sesión?": "No",
    }
    assert tab(place).get_all_values()[-1][0].startswith("16/2/2024 2:00:")


HOSTILE = ['=HYPERLINK("https://evil.example","x")', "+1+1", "'quoted", "0042", "1,5", "TRUE", "12/3/2024", "#REF!"]


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_is_typed_arrives_word_for_word(shared, text):
    sends(shared, {TITLE: text, PHONE: text, THEMES: [f"Otro: {text}"]})
    last = shared.book("responses-es").values_get("A1:ZZ200", params={"valueRenderOption": "FORMULA"})["values"]
    assert (last[-1][6], last[-1][18], last[-1][8]) == (text, text, f"Otro: {text}")
    assert rows(shared)[-1][TITLE] == text


def test_numbers_become_numbers_if_google_is_set_to_do_so(place):
    place.control("settings", {"form_numbers_become_numbers": True})
    sends(place, {PHONE: "0042", TITLE: "1.5 años"})
    assert (rows(place)[-1][PHONE], rows(place)[-1][TITLE]) == (42, "1.5 años")


def test_a_free_answer_may_come_without_its_word(place):
    place.control("settings", {"form_other_has_word": False})
    sends(place)
    assert rows(place)[-1][THEMES] == "Derechos LGBTIQ, Paz y seguridad, cultura digital, cómics"


def test_two_answers_in_one_second_are_two_rows(place):
    place.control("settings", {"form_stamps_have_milliseconds": False})
    frozen(place)
    one, other = sends(place, {TITLE: "Uno"}), sends(place, {TITLE: "Otro"})
    assert one["responseId"] != other["responseId"]
    stamps = {row[TITLE]: row["Marca temporal"] * 86_400 for row in rows(place)[-2:]}
    assert all(abs(stamp - round(stamp)) < 0.001 for stamp in stamps.values())
    assert stamps["Otro"] - stamps["Uno"] < 2.5
    edits(place, one, {TITLE: "Uno, editado"})
    assert [row[TITLE] for row in rows(place)[-2:]] == ["Uno, editado", "Otro"]


def test_a_new_row_pushes_down_what_staff_typed_below(place):
    place.book("responses-es").values_update("C12:D12", {"valueInputOption": "RAW"}, {"values": [["Total", "9"]]})
    sends(place)
    found = tab(place).get_all_values()
    assert (found[10][2], found[12][2:4]) == ("Ana Ruiz", ["Total", "9"])


def test_a_new_row_stands_after_the_last_response_of_a_sorted_or_shortened_sheet(place):
    sheet = tab(place)
    sheet.sort((1, "des"))
    sheet.delete_rows(5, 9)
    left = rows(place)
    sends(place)
    assert rows(place)[:-1] == left
    assert rows(place)[-1]["Su nombre"] == "Ana Ruiz"
    sheet.delete_rows(2, len(left) + 2)
    sends(place, {TITLE: "Sola"})
    assert [row[TITLE] for row in rows(place)] == ["Sola"]


def test_answers_find_their_columns_wherever_staff_moved_them(place):
    sheet = tab(place)
    move = {"source": {"sheetId": sheet.id, "dimension": "COLUMNS", "startIndex": 6, "endIndex": 7}}
    place.batch({"moveDimension": {**move, "destinationIndex": 1}}, role="responses-es")
    sheet.insert_cols([["Notas", "nuestra nota"]], 1)
    sends(place)
    last = rows(place)[-1]
    assert list(last)[:3] == ["Notas", "Marca temporal", TITLE]
    assert (last["Notas"], last[TITLE], last["Su nombre"]) == ("", "Padres que cuidan", "Ana Ruiz")
    assert rows(place)[0]["Notas"] == "nuestra nota"


def test_answers_go_on_under_a_header_that_staff_renamed(place):
    tab(place).update_acell("G1", "Título")
    sends(place)
    assert (rows(place)[-1]["Título"], len(rows(place)[-1])) == ("Padres que cuidan", 20)


def test_a_column_that_staff_deleted_is_made_again_and_their_own_column_is_spared(place):
    sheet = tab(place)
    sheet.add_cols(1)
    sheet.update_cell(1, 21, "Notas")
    sends(place)
    sheet.delete_columns(20)
    sheet.add_cols(1)
    sends(place, {"access_needs": "Rampa"})
    last = rows(place)[-1]
    assert list(last)[-2:] == ["¿Algo que debamos saber (accesibilidad, seguridad, necesidades técnicas)?", "Notas"]
    assert list(last.values())[-2:] == ["Rampa", ""]


@pytest.mark.parametrize("gone", ["tab", "spreadsheet"])
def test_a_response_is_kept_when_its_sheet_is_gone(place, gone):
    if gone == "tab":
        place.book("responses-es").add_worksheet("Otra", 5, 5)
        place.book("responses-es").del_worksheet(tab(place))
    else:
        place.ask("DELETE", "/drive/v3/files/sandbox-responses-es")
    sent = sends(place)
    edits(place, sent, {TITLE: "Sin hoja"})
    listed = place.control("forms/es/responses")[-1]
    assert listed["responseId"] == sent["responseId"]
    assert "Sin hoja" in str(listed["answers"])


# ---------------------------------------------------------------------------------------------------------- edits
def test_an_edit_rewrites_its_row_with_a_new_time_and_notes_on_what_changed(place):
    frozen(place)
    sent = sends(place)
    sends(place, {TITLE: "De otra persona"}, "bea@example.org")
    frozen(place, "2024-02-17T08:00:00Z")
    edited = edits(place, sent, {TITLE: "Padres que aprenden", THEMES: ["Paz y seguridad"], PHONE: "123"})
    assert (edited["responseId"], edited["createTime"]) == (sent["responseId"], sent["createTime"])
    assert edited["lastSubmittedTime"].startswith("2024-02-17T08:00:")
    row, other = rows(place)[-2:]
    assert row["Marca temporal"] == pytest.approx(AT_EIGHT + 1, abs=1 / 1440)
    assert (row[TITLE], row[THEMES], row[PHONE]) == ("Padres que aprenden", "Paz y seguridad", "123")
    assert row["Su nombre"] == "Ana Ruiz"
    assert other[TITLE] == "De otra persona"
    at, said = len(rows(place)), "Responder updated this value."
    assert notes(place) == [(TITLE, at, said), (THEMES, at, said), (PHONE, at, said)]


def test_an_edit_finds_its_row_after_staff_sorted_inserted_and_moved(place):
    sent = sends(place, {TITLE: "Aaa"})
    sheet = tab(place)
    sheet.sort((7, "des"))
    sheet.insert_row([], 2)
    sheet.insert_cols([["Notas"]], 1)
    edits(place, sent, {TITLE: "Bbb"})
    titles = [row[TITLE] for row in rows(place)]
    assert "Aaa" not in titles
    assert titles.count("Bbb") == 1
    edits(place, sent, {TITLE: "Ccc"})
    assert [row["Su nombre"] for row in rows(place) if row[TITLE] == "Ccc"] == ["Ana Ruiz"]


def test_an_edit_of_a_response_whose_row_is_gone_makes_a_row(place):
    sent = sends(place)
    tab(place).delete_rows(len(rows(place)) + 1)
    before = rows(place)
    edits(place, sent, {TITLE: "De vuelta"})
    assert rows(place)[:-1] == before
    assert (rows(place)[-1][TITLE], rows(place)[-1]["Su nombre"]) == ("De vuelta", "Ana Ruiz")


def test_an_edit_may_take_an_answer_back_and_change_the_address(place):
    sent = sends(place, {PHONE: "123"})
    edits(place, sent, {PHONE: ""}, email="ana.ruiz@example.org")
    assert (rows(place)[-1][PHONE], rows(place)[-1]["Dirección de correo electrónico"]) == ("", "ana.ruiz@example.org")


def test_a_response_of_the_samples_can_be_edited_too(place):
    first = place.control("forms/es/responses")[0]
    edits(place, first, {TITLE: "Ríos vivos"})
    assert (rows(place)[0]["Su nombre"], rows(place)[0][TITLE]) == ("Lucía Paredes", "Ríos vivos")


def test_responses_and_links_are_still_there_after_a_restart(starter, place_at):
    with starter.running(samples=True) as facts:
        place = place_at(facts)
        sent = sends(place)
        place.session.close()
    with starter.running() as facts:
        place = place_at(facts)
        edits(place, sent, {TITLE: "Después"})
        assert rows(place)[-1][TITLE] == "Después"
        place.session.close()


# ------------------------------------------------------------------------------------------------------ questions
def test_a_new_question_adds_a_column_before_those_of_the_staff(place):
    sheet = tab(place)
    sheet.add_cols(1)
    sheet.update_cell(1, 21, "Notas")
    sheet.update_cell(2, 21, "nuestra nota")
    place.control("forms/es/questions", {"title": "¿Cuándo?", "kind": "date"})
    place.control("forms/es/questions", {"title": "Color", "kind": "radio", "options": ["Rojo", "Azul"], "other": True})
    sends(place, {"¿Cuándo?": "2024-05-31", "Color": "Verde"})
    assert list(rows(place)[0])[20:] == ["¿Cuándo?", "Color", "Notas"]
    assert rows(place)[0]["Notas"] == "nuestra nota"
    assert (rows(place)[-1]["¿Cuándo?"], rows(place)[-1]["Color"]) == (45443, "Otro: Verde")
    assert tab(place).get_all_values()[-1][20] == "31/5/2024"


@pytest.mark.parametrize(
    ("body", "setting", "header"),
    [
        ({"header": True}, False, "Nombre del taller"),
        ({"header": False}, True, TITLE),
        ({}, True, "Nombre del taller"),
        ({}, False, TITLE),
    ],
)
def test_a_renamed_question_renames_its_header_or_not(place, body, setting, header):
    place.control("settings", {"form_rename_changes_header": setting})
    place.control("forms/es/questions/title", {"title": "Nombre del taller", **body}, "PUT")
    answers = {name: value for name, value in ANA.items() if name != TITLE}
    sent = place.control(
        "forms/es/responses", {"answers": {**answers, "Nombre del taller": "Uno"}, "email": "a@example.org"}
    )
    assert rows(place)[-1][header] == "Uno"
    assert len(rows(place)[-1]) == 20
    edits(place, sent, {"Nombre del taller": "Dos"})
    assert rows(place)[-1][header] == "Dos"


def test_a_question_that_is_no_longer_asked_keeps_its_column_and_answers(place):
    sent = sends(place, {PHONE: "123"})
    question = {one["title"]: one["questionId"] for one in place.control("forms")[1]["questions"]}[PHONE]
    place.ask("POST", "/forms/es/edit/delete", data={"question": question})
    edits(place, sent, {TITLE: "Otro título"})
    assert (rows(place)[-1][TITLE], rows(place)[-1][PHONE]) == ("Otro título", "123")
    refused = place.ask("POST", "/control/forms/es/responses", json={"answers": {PHONE: "1"}})
    assert refused.status_code == 400
    tab(place).delete_columns(19)
    sends(place)
    assert PHONE not in rows(place)[-1]


def test_one_form_does_not_touch_another(place):
    before = place.book("responses-en").sheet1.get_all_values(), place.book("responses-fr").sheet1.get_all_values()
    sends(place)
    place.control("forms/es/questions", {"title": "Nueva"})
    after = place.book("responses-en").sheet1.get_all_values(), place.book("responses-fr").sheet1.get_all_values()
    assert after == before


@pytest.mark.parametrize("code", ["en", "es", "fr"])
def test_the_pipeline_reads_every_option_that_a_member_can_tick(shared, code):
    programme = load_programme(ROOT / "config")
    language = load_languages(ROOT / "config", programme)[code]
    closed = {field: question for field, question in programme.questions.items() if question.options}
    asked = [field for field, question in programme.questions.items() if question.required and field not in closed]
    ticked = {
        field: [*words.values(), *(["crafts, music"] if field in language.other else [])]
        for field, words in language.options.items()
    }
    boxes = {field: words for field, words in ticked.items() if closed[field].kind == "checkboxes"}
    radios = {field: words[0] for field, words in ticked.items() if field not in boxes}
    sends(shared, {**dict.fromkeys(asked, "x"), **radios, **boxes}, code=code, only=True)
    row = shared.book(f"responses-{code}").sheet1.get_all_values()[-1]
    cells = dict(zip(programme.questions, row, strict=True))
    read = {field: read_choice(cells[field], field, question, language) for field, question in closed.items()}
    assert [choice.unknown for choice in read.values()] == [()] * len(closed)
    assert read["themes"].codes == tuple(sorted([*closed["themes"].options, "other:crafts, music"]))
    assert read["session_languages"].codes == tuple(sorted(closed["session_languages"].options))


def test_every_form_asks_what_the_programme_asks_in_its_own_language(shared):
    told = {one["code"]: one for one in shared.control("forms")}
    assert list(told) == ["en", "es", "fr"]
    assert [len(one["questions"]) for one in told.values()] == [18, 18, 18]
    assert told["fr"]["questions"][0]["title"] == "Votre nom"
    kinds = {one["code"]: [question["kind"] for question in one["questions"]] for one in told.values()}
    assert kinds["en"] == kinds["es"] == kinds["fr"]
    assert {one["spreadsheet"] for one in told.values()} == {f"sandbox-responses-{code}" for code in told}
