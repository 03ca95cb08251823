"""What holds for every page: languages, narrow screens, the keyboard."""

import pytest
from playwright.sync_api import expect


@pytest.mark.parametrize(("language", "words"), [("en", "Sandbox"), ("es", "Entorno de prueba"), ("fr", "Bac à sable")])
def test_the_pages_speak_the_language_of_the_browser(open_page, language, words):
    expect(open_page("/", language=language).locator("header strong")).to_have_text(words)


def test_a_chosen_language_stays_chosen(open_page):
    page = open_page("/log")
    page.get_by_role("link", name="Français").click()
    assert page.url.endswith("/log")
    page.goto("/")
    expect(page.locator("html")).to_have_attribute("lang", "fr")
