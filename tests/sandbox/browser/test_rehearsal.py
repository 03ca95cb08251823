"""A rehearsal from the form to the archive, by hand in the pages, with the flows run between."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from playwright.sync_api import expect

from tests.acceptance.conftest import Office
from tests.sandbox.browser.conftest import PHONE

TITLE = "Pères présents : ce qui n'a pas marché 🌱"
AWA = "awa@example.org"


@pytest.fixture
def place(starter, place_at):
    """Empty sheets: whatever stands there at the end was brought in by this story."""
    with starter.running() as facts:
        yield place_at(facts)


@pytest.fixture
def office(place, tmp_path):
    """The flows on this sandbox, in a thread of their own: the browser's event loop runs in this one."""
    office = Office(place.base_url, tmp_path)
    with ThreadPoolExecutor(1) as thread:
        yield lambda flow, **more: thread.submit(office.run, flow, now=None, **more).result(timeout=60)


def answer_the_form(page):
    texts = {
        "Adresse e-mail (": AWA,
        "Votre nom": "Awa Diop",
        "Organisation ou réseau": "Réseau Parents",
        "Pays où vous travaillez": "Sénégal",
        "Titre de la session": "Pères présents",
        "Que partagera la session ?": "Des ateliers, deux ans durant.",
        "Intervenant·e·s": f"Awa Diop, Réseau Parents, {AWA}",
        "Autre": "théâtre, radio",
    }
    for label, text in texts.items():
        page.get_by_role("textbox", name=label).fill(text)
    for group, option in (
        ("membre de l'Alliance", "Oui"),
        ("Format", "Atelier"),
        ("Langue(s) de la session", "Français"),
        ("enregistrée et partagée", "Oui, publiquement"),
    ):
        page.get_by_role("group", name=group).or_(page.get_by_role("radiogroup", name=group)).get_by_label(
            option, exact=True
        ).check()
    page.get_by_role("button", name="Envoyer").click()


def open_tab(page, name):
    page.goto("/sheets/sandbox-register/0")
    page.get_by_role("navigation", name="Tabs").get_by_role("link", name=name, exact=True).click()
    expect(page.locator("html.js")).to_be_attached()


def walk_to(page, header):
    """By keyboard from the top left to row 2 of this column."""
    column = page.locator("td[id$='1']", has_text=re.compile(f"^{header}$")).first.get_attribute("id")
    page.locator("#A1").focus()
    page.keyboard.press("Control+Home")
    page.keyboard.press("ArrowDown")
    for _ in range(int(page.locator(f"#{column}").get_attribute("aria-colindex")) - 1):
        page.keyboard.press("ArrowRight")
    name = column[:-1] + "2"
    expect(page.locator(f"#{name}")).to_be_focused()
    return page.locator(f"#{name}")


def type_in(page, header, text):
    cell = walk_to(page, header)
    page.keyboard.type(text)
    page.keyboard.press("Enter")
    return cell


def saved(page, cell):
    expect(page.locator("#said")).to_contain_text(f"change {cell.get_attribute('id')}")


def accept(page):
    open_tab(page, "Submissions")
    expect(page.get_by_role("gridcell", name=TITLE)).to_be_visible()
    decision = type_in(page, "Decision", "acc")
    saved(page, decision)
    expect(decision).to_have_text("Accepted")


def plan(page):
    """With a status that does not exist, and a date as people write it elsewhere."""
    open_tab(page, "Sessions")
    status = type_in(page, "Status", "Perhaps")
    refusal = page.get_by_role("alertdialog")
    expect(refusal).to_contain_text(f"in cell {status.get_attribute('id')} violates")
    page.keyboard.press("Enter")
    expect(refusal).to_be_hidden()
    for header, text in (
        ("Date", "16/05/2024"),
        ("Start time", "15:00"),
        ("Time zone", "Africa/Dakar"),
        ("Status", "conf"),
    ):
        saved(page, type_in(page, header, text))
    expect(walk_to(page, "Status")).to_have_text("Confirmed")


def correct(page):
    open_tab(page, "Needs attention")
    expect(page.get_by_role("gridcell", name="“Date” in row 2 is text, not a date.")).to_be_visible()
    open_tab(page, "Sessions")
    saved(page, type_in(page, "Date", "5/16/2024"))


def say_yes(page):
    page.get_by_role("link", name="Votre session en ligne").click()
    expect(page.locator(".invitation time").first).to_contain_text("jeudi 16 mai 2024, 15:00")
    page.get_by_role("button", name="Oui").click()
    expect(page.get_by_role("button", name="Oui")).to_have_attribute("aria-pressed", "true")


def look_who_comes_and_move_it(page):
    page.goto("/calendar?month=2024-05&zone=Europe/Paris")
    page.get_by_role("link", name="Online session").click()
    expect(page.get_by_label("Start (Europe/Paris)")).to_be_visible()
    event = page.url
    page.get_by_role("link", name="answers by mail").click()
    page.get_by_role("link", name="Accepted").click()
    expect(page.locator(".notice.good")).to_have_text("Awa Diop: yes")
    page.goto(event)
    page.get_by_label("Start (Europe/Paris)").fill("2024-05-16T18:30")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("May 16, 2024, 18:30")).to_be_visible()
    return event


def let_it_be_recorded(page, event):
    page.get_by_role("link", name="Let the time come").click()
    page.get_by_role("button", name="Just over").click()
    expect(page.get_by_role("region", name="now")).to_contain_text("May 16, 2024")
    page.goto(event)
    page.get_by_role("link", name="Let a recording appear").click()
    page.get_by_role("button", name="Make it appear").click()
    expect(page.get_by_text("ready", exact=True)).to_be_visible()


def test_from_the_form_to_the_archive(place, office, open_page):
    place.control("clock", {"now": "2024-02-16T08:00:00Z"})
    member = open_page("/forms/fr", size=PHONE, language="fr")
    answer_the_form(member)
    member.get_by_role("link", name="Modifier votre réponse").click()
    member.get_by_label("Titre de la session").fill(TITLE)
    member.get_by_role("button", name="Envoyer les modifications").click()
    expect(member.get_by_text("enregistrée")).to_be_visible()
    assert not office("intake").red

    staff = open_page("/", zone="Europe/Paris")
    accept(staff)
    assert not office("scheduling").red
    plan(staff)
    assert not office("scheduling").red
    correct(staff)
    assert not office("scheduling").red
    assert not office("invitations").red

    say_yes(open_page(f"/mail/{AWA}", size=PHONE, language="fr", zone="Africa/Dakar"))
    event = look_who_comes_and_move_it(staff)
    let_it_be_recorded(staff, event)
    assert not office("recordings").red
    assert not office("recordings").done
    staff.goto("/sheets/sandbox-archive/0")
    expect(staff.get_by_role("gridcell", name=TITLE)).to_have_count(1)
