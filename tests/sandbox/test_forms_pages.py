"""The pages of the forms without a script: prefilled links, mistakes, hostile text, links that nobody can guess."""

import html
import re
from html.parser import HTMLParser

import pytest

HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"


class Fields(HTMLParser):
    """What the form on a page would send as it stands, and which fields have no name for a screen reader."""

    def __init__(self, text):
        super().__init__()
        self.sent, self.nameless, self.ids, self.labelled, self.described = [], [], [], [], []
        self.area, self.inside_label = None, False
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.ids += [given["id"]] if "id" in given else []
        self.described += given.get("aria-describedby", "").split()
        if tag == "label":
            self.inside_label = True
            self.labelled += [given["for"]] if "for" in given else []
        if tag in {"input", "textarea", "select"} and given.get("type") != "hidden":
            if not self.inside_label and "aria-label" not in given and "id" not in given:
                self.nameless.append(given["name"])
            if tag == "textarea":
                self.area = given["name"]
            elif given.get("type") not in {"radio", "checkbox"} or "checked" in given:
                self.sent.append((given["name"], given.get("value", "")))

    def handle_endtag(self, tag):
        if tag == "label":
            self.inside_label = False
        if tag == "textarea":
            self.area = None

    def handle_data(self, data):
        if self.area:
            self.sent.append((self.area, data.removeprefix("\n")))


def entries(place, code="es"):
    asked = {one["code"]: one["questions"] for one in place.control("forms")}[code]
    return {question["title"]: f"entry.{question['entry']}" for question in asked}


def filled_in(place, **more):
    entry = entries(place)
    return {
        "emailAddress": "ana@example.org",
        entry["Su nombre"]: "Ana Ruiz",
        entry["Organización o red"]: "Red Nueva",
        entry["País donde trabaja"]: "Chile",
        entry["¿Su organización es miembro de la Alianza MenEngage?"]: "Sí",
        entry["Título de la sesión"]: "Padres",
        entry["¿Qué compartirá la sesión? (aprendizajes de los fracasos y desafíos, además de los logros)"]: "Dos años",
        entry["Temas"]: ["Paz y seguridad"],
        entry["Formato"]: "Taller",
        entry["Idioma(s) de la sesión"]: ["Español"],
        entry["¿Se puede grabar y compartir la sesión?"]: "No",
        **more,
    }


def rows(place):
    return place.book("responses-es").get_worksheet(0).get_all_values()


def test_a_prefilled_link_as_google_makes_it_fills_the_form(shared):
    entry = entries(shared)
    query = {
        "usp": "pp_url",
        "emailAddress": "ana@example.org",
        entry["Su nombre"]: "Ana & Bea",
        entry["Temas"]: ["Derechos LGBTIQ", "No existe", "__other_option__"],
        f"{entry['Temas']}.other_option_response": "cómics",
        entry["Formato"]: "Circo",
        "entry.1": "nobody asks this",
    }
    fields = Fields(shared.ask("GET", "/forms/es", params=query).text).sent
    assert [value for name, value in fields if name == entry["Temas"]] == ["Derechos LGBTIQ", "__other_option__"]
    assert (f"{entry['Temas']}.other_option_response", "cómics") in fields
    assert (entry["Su nombre"], "Ana & Bea") in fields
    assert ("emailAddress", "ana@example.org") in fields
    assert entry["Formato"] not in dict(fields)


def test_what_was_typed_stays_when_something_is_wrong(shared):
    entry, before = entries(shared), rows(shared)
    typed = filled_in(shared, emailAddress="ana", **{
        entry["Título de la sesión"]: "",
        entry["Temas"]: ["__other_option__"],
        entry["Teléfono o WhatsApp (opcional)"]: "+56 9",
    })  # fmt: skip
    text = shared.ask("POST", "/forms/es", data=typed).text
    fields = Fields(text)
    sent = dict(fields.sent)
    assert (sent["emailAddress"], sent[entry["Teléfono o WhatsApp (opcional)"]]) == ("ana", "+56 9")
    assert (sent[entry["Temas"]], sent[entry["Formato"]]) == ("__other_option__", "Taller")
    assert "Esto no es una dirección de correo" in text
    assert "Escriba aquí su respuesta" in text
    assert "Responda a esta pregunta" in text
    assert text.count('class="error"') == 3
    assert set(fields.described) <= set(fields.ids)
    assert {target.lstrip("#") for target in re.findall(r'href="(#q-[^"]*)"', text)} <= set(fields.ids)
    assert rows(shared) == before


def test_every_field_has_a_name_for_a_screen_reader(shared):
    shared.control("forms/en/questions", {"title": "When?", "kind": "date"})
    shared.control("forms/en/questions", {"title": "Hour?", "kind": "time"})
    shared.control("forms/en/questions", {"title": "Room?", "kind": "drop_down", "options": ["A", "B"]})
    for page in ("/forms/en", "/forms/es", "/forms/fr", "/forms/en/edit"):
        fields = Fields(shared.ask("GET", page).text)
        assert fields.nameless == []
        assert set(fields.labelled) <= set(fields.ids)
        assert len(set(fields.ids)) == len(fields.ids)


def test_text_beside_an_unticked_other_ticks_it_for_boxes(shared):
    entry = entries(shared)
    more = {entry["Temas"]: ["Paz y seguridad"], f"{entry['Temas']}.other_option_response": " cómics "}
    shared.ask("POST", "/forms/es", data=filled_in(shared, **more))
    assert rows(shared)[-1][8] == "Paz y seguridad, Otro: cómics"


def test_a_short_answer_has_one_line_and_a_paragraph_keeps_its_own(shared):
    entry = entries(shared)
    access = entry["¿Algo que debamos saber (accesibilidad, seguridad, necesidades técnicas)?"]
    more = {entry["Título de la sesión"]: "Padres\r\nque cuidan", access: "Uno\r\n\r\nDos"}
    shared.ask("POST", "/forms/es", data=filled_in(shared, **more))
    assert (rows(shared)[-1][6], rows(shared)[-1][19]) == ("Padres que cuidan", "Uno\n\nDos")


def test_the_link_to_a_response_opens_that_response_and_no_other(shared):
    sent = shared.ask("POST", "/forms/es", data=filled_in(shared))
    assert "Su respuesta ha quedado registrada." in sent.text
    link = re.search(r'href="(/forms/es/response/([^"]{32}))"', sent.text)
    fields = Fields(shared.ask("GET", link[1]).text)
    sent_again = dict(fields.sent)
    assert sent_again[entries(shared)["Su nombre"]] == "Ana Ruiz"
    assert sent_again[entries(shared)["Formato"]] == "Taller"
    for wrong in (f"/forms/es/response/{link[2][:-1]}_", f"/forms/en/response/{link[2]}", "/forms/es/sent/none"):
        assert shared.ask("GET", wrong).status_code == 404


def test_a_form_that_nobody_knows_is_not_found(shared):
    for method, path in (("GET", "/forms/pt"), ("POST", "/forms/pt"), ("GET", "/forms/pt/edit")):
        assert shared.ask(method, path).status_code == 404


def test_a_closed_form_says_so_in_its_own_language_and_takes_nothing(place):
    typed, before = filled_in(place), rows(place)
    assert place.ask("POST", "/forms/es/edit/accepting", data={"accepting": "no"}).status_code == 200
    for method in ("GET", "POST"):
        text = place.ask(method, "/forms/es", data=typed).text
        assert "Este formulario ya no acepta respuestas." in text
        assert "<form" not in text
    assert rows(place) == before


@pytest.mark.parametrize("given", [{"title": ""}, {"title": "x", "kind": "none"}, {"title": "x", "kind": "radio"}])
def test_a_question_that_is_none_is_refused_on_the_page(shared, given):
    before = entries(shared)
    assert shared.ask("POST", "/forms/es/edit/add", data=given).status_code == 400
    assert entries(shared) == before


def test_hostile_text_is_only_text(place):
    place.control("forms/es/questions", {"title": HOSTILE, "kind": "checkbox", "options": [HOSTILE], "other": True})
    entry = entries(place)[HOSTILE]
    more = {entry: [HOSTILE, "__other_option__"], f"{entry}.other_option_response": HOSTILE}
    sent = place.ask("POST", "/forms/es", data=filled_in(place, **more))
    link = re.search(r'href="(/forms/es/response/[^"]*)"', sent.text)[1]
    query = {"emailAddress": HOSTILE, entry: HOSTILE}
    seen = [place.ask("GET", page, params=query).text for page in (link, "/forms/es", "/forms/es/edit", "/forms")]
    seen.append(place.ask("POST", "/forms/es", data={**more, "emailAddress": HOSTILE}).text)
    assert all(re.findall("<script(.*?)>", text) in ([], [' src="/static/forms.js" defer']) for text in seen)
    assert not any("<img" in text.replace('<img src="/static/', "") for text in seen)
    assert sum(html.escape(HOSTILE).replace("&quot;", "&#34;").replace("&#x27;", "&#39;") in text for text in seen) >= 4
    assert rows(place)[-1][20] == f"{HOSTILE}, Otro: {HOSTILE}"
