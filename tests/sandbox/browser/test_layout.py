"""What holds for every page: languages, narrow screens, names for all that can be pressed, colours one can read."""

import re

import pytest
from playwright.sync_api import expect

from config.settings import ROOT

PHONE = {"width": 360, "height": 740}
NAMELESS = """() => [...document.querySelectorAll(
  "a, button, input:not([type=hidden]), select, textarea, summary, iframe")]
  .filter(one => one.checkVisibility() && !(one.getAttribute("aria-label") || one.getAttribute("title")
    || one.textContent.trim() || one.getAttribute("alt") || one.value && one.type === "submit"
    || one.labels && [...one.labels].some(label => label.textContent.trim())))
  .map(one => one.outerHTML.slice(0, 120))"""
AREAS = "() => [...document.querySelectorAll('.areas a')].map(link => link.getAttribute('href'))"
PAIRS = [
    ("ink", "paper"),
    ("ink", "ground"),
    ("ink", "soft"),
    ("muted", "paper"),
    ("muted", "ground"),
    ("muted", "soft"),
    ("accent", "paper"),
    ("accent-dark", "accent-soft"),
    ("good", "good-soft"),
    ("warn", "warn-soft"),
    ("bad", "bad-soft"),
    ("info", "info-soft"),
    ("paper", "accent"),
]


@pytest.mark.parametrize(("language", "words"), [("en", "Sandbox"), ("es", "Entorno de prueba"), ("fr", "Bac à sable")])
def test_every_area_speaks_the_readers_language_and_fits_a_phone(open_page, no_wider_than_the_screen, language, words):
    page = open_page("/", language=language, size=PHONE)
    areas = page.evaluate(AREAS)
    assert len(areas) >= 5
    for path in areas:
        page.goto(path)
        expect(page.locator("html")).to_have_attribute("lang", language)
        expect(page.locator(".ribbon strong")).to_have_text(words)
        expect(page.locator(".areas a[aria-current]")).to_have_attribute("href", path)
        expect(page.locator("h1")).to_have_count(1)
        no_wider_than_the_screen(page)
        assert page.evaluate(NAMELESS) == [], path


def test_a_chosen_language_stays_chosen(open_page):
    page = open_page("/log")
    page.get_by_role("link", name="Français").click()
    assert page.url.endswith("/log")
    page.goto("/")
    expect(page.locator("html")).to_have_attribute("lang", "fr")


def test_the_first_tab_stop_leads_past_the_navigation(open_page):
    page = open_page("/sheets")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("main a").first).to_be_focused()


@pytest.mark.parametrize(("ink", "paper"), PAIRS)
def test_words_stand_out_from_their_ground(ink, paper):
    sheet = (ROOT / "templates/sandbox/static/house.css").read_text(encoding="utf-8")
    colours = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6})\b", sheet))
    light, dark = sorted((luminance(colours[name]) for name in (ink, paper)), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def luminance(colour):
    """As WCAG 2 defines it."""
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
