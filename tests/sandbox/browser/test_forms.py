"""A member answers, staff change the form: in a real browser, on a phone, by keyboard."""

import pytest
from playwright.sync_api import expect

PHONE = {"width": 360, "height": 740}
SPOKEN = "Prevención de la violencia contra las mujeres y las niñas, y de la violencia de género"


def fill(page, **more):
    texts = {
        "Dirección de correo electrónico": "ana@example.org",
        "Su nombre": "Ana Ruiz",
        "Organización o red": "Red Nueva",
        "País donde trabaja": "Chile",
        "Título de la sesión": '=HYPERLINK("https://evil.example","Premio")',
        "¿Qué compartirá la sesión?": "Dos años de talleres.\nLo que no funcionó.",
        **more,
    }
    for label, text in texts.items():
        page.get_by_label(label).fill(text)
    for group, option in (
        ("¿Su organización es miembro", "Sí"),
        ("Formato", "Taller"),
        ("Idioma(s) de la sesión", "Español"),
        ("¿Se puede grabar", "No"),
    ):
        page.get_by_role("group", name=group).or_(page.get_by_role("radiogroup", name=group)).get_by_label(
            option, exact=True
        ).check()


def last_row(place):
    return place.book("responses-es").get_worksheet(0).get_all_values()[-1]


def listed(place):
    forms = place.service("forms", "v1").forms()
    return forms.responses().list(formId="sandbox-form-es").execute()["responses"]


def test_a_member_answers_in_spanish_and_edits_the_answer(open_page, place, no_wider_than_the_screen):
    page = open_page("/forms/es", size=PHONE, language="en")
    expect(page.locator("html")).to_have_attribute("lang", "es")
    no_wider_than_the_screen(page)
    page.get_by_role("button", name="Enviar").click()
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.locator(".error")).to_have_count(11)
    no_wider_than_the_screen(page)
    page.get_by_role("link", name="Temas").click()
    themes = page.get_by_role("group", name="Temas")
    expect(themes).to_be_focused()

    fill(page)
    themes.get_by_label(SPOKEN).check()
    themes.get_by_label("Derechos LGBTIQ").check()
    themes.get_by_label("Otro: con sus propias palabras").fill("cómics, radio")
    expect(themes.get_by_label("Otro", exact=True)).to_be_checked()
    page.get_by_role("button", name="Enviar").click()
    expect(page.get_by_text("Su respuesta ha quedado registrada.")).to_be_visible()
    row = last_row(place)
    assert row[1:3] == ["ana@example.org", "Ana Ruiz"]
    assert row[6] == '=HYPERLINK("https://evil.example","Premio")'
    assert row[8] == f"{SPOKEN}, Derechos LGBTIQ, Otro: cómics, radio"
    response = listed(place)[-1]
    values = [[one["value"] for one in answer["textAnswers"]["answers"]] for answer in response["answers"].values()]
    assert [SPOKEN, "Derechos LGBTIQ", "cómics, radio"] in values

    page.get_by_role("link", name="Editar su respuesta").click()
    expect(page.get_by_label("Su nombre")).to_have_value("Ana Ruiz")
    expect(themes.get_by_label("Derechos LGBTIQ")).to_be_checked()
    expect(page.get_by_role("radiogroup", name="Formato").get_by_label("Taller")).to_be_checked()
    page.get_by_label("Título de la sesión").fill("Padres que cuidan")
    themes.get_by_label("Derechos LGBTIQ").uncheck()
    page.get_by_role("button", name="Enviar los cambios").click()
    expect(page.get_by_text("Su respuesta ha quedado registrada.")).to_be_visible()
    edited = last_row(place)
    assert (edited[6], edited[8]) == ("Padres que cuidan", f"{SPOKEN}, Otro: cómics, radio")
    again = listed(place)[-1]
    assert (again["responseId"], again["createTime"]) == (response["responseId"], response["createTime"])
    assert again["lastSubmittedTime"] > response["lastSubmittedTime"]


def test_a_form_can_be_answered_without_a_mouse(open_page, place):
    page = open_page("/forms/es")
    fill(page)
    page.get_by_label("Paz y seguridad").focus()
    page.keyboard.press("Space")
    radios = page.get_by_role("radiogroup", name="Formato")
    radios.get_by_label("Taller").focus()
    page.keyboard.press("ArrowUp")
    expect(radios.get_by_label("Panel")).to_be_checked()
    optional = page.get_by_role("radiogroup", name="¿Necesita interpretación?")
    expect(optional.get_by_role("button")).to_be_hidden()
    optional.get_by_label("Sí").focus()
    page.keyboard.press("Space")
    optional.get_by_role("button", name="Borrar la selección").focus()
    page.keyboard.press("Enter")
    expect(optional.get_by_label("Sí")).not_to_be_checked()
    expect(optional.get_by_label("Sí")).to_be_focused()
    page.get_by_label("Teléfono o WhatsApp").focus()
    page.keyboard.type("0042")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Su respuesta ha quedado registrada.")).to_be_visible()
    row = last_row(place)
    assert (row[8], row[9], row[11], row[18]) == ("Paz y seguridad", "Panel", "", "0042")


def test_a_form_works_without_a_script(browser, place):
    context = browser.new_context(base_url=place.base_url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/forms/es")
    fill(page)
    page.get_by_label("Otro: con sus propias palabras").fill("cómics")
    page.get_by_role("button", name="Enviar").click()
    expect(page.get_by_text("Su respuesta ha quedado registrada.")).to_be_visible()
    assert last_row(place)[8] == "Otro: cómics"
    context.close()


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("Change the form", "Reword or remove", "Wording", "Save the wording", "Add",
                "Stop accepting responses")),
        ("es", ("Cambiar el formulario", "Reformular o quitar", "Texto de la pregunta", "Guardar el texto", "Añadir",
                "Dejar de aceptar respuestas")),
        ("fr", ("Modifier le formulaire", "Reformuler ou retirer", "Intitulé", "Enregistrer l\u2019intitulé", "Ajouter",
                "Ne plus accepter de réponses")),
    ],
)  # fmt: skip
def test_staff_change_a_form_in_their_own_language(open_page, place, no_wider_than_the_screen, language, words):
    look_after, change, wording, save, add, stop = words
    page = open_page("/forms", size=PHONE, language=language)
    no_wider_than_the_screen(page)
    page.get_by_role("link", name=f"{look_after} (CoLab peer learning sessions: call for ideas)").click()
    page.get_by_text(f"{change} Your name").click()
    page.get_by_label(wording).first.fill("Who are you?")
    page.get_by_role("button", name=save).first.click()
    no_wider_than_the_screen(page)
    page.get_by_label(wording).last.fill("Room")
    page.locator("#new-kind").select_option("drop_down")
    page.locator("#new-options").fill("Red\nBlue")
    page.get_by_role("button", name=add, exact=True).click()
    expect(page.locator(".asked .wording").last).to_have_text("Room")
    headers = place.book("responses-en").sheet1.row_values(1)
    assert (headers[2], headers[-1]) == ("Who are you?", "Room")
    page.get_by_role("button", name=stop).click()
    page.goto("/forms/en")
    expect(page.get_by_text("no longer accepting responses")).to_be_visible()
