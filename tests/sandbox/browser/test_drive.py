"""Drive in a real browser: by mouse and by keyboard, on a desk and on a phone, in three languages."""

import pytest
from playwright.sync_api import expect

from tests.sandbox.browser.conftest import PHONE
from tests.sandbox.drive_builders import FOLDER, found, make, owner, recordings, seen, session

REGISTER = "sandbox-register"
WORDS = {
    "en": ("My Drive", "Who has access", "A recording appears for a session"),
    "es": ("Mi unidad", "Quién tiene acceso", "Aparece la grabación de una sesión"),
    "fr": ("Mon Drive", "Qui y a accès", "une session apparaît"),
}


@pytest.mark.parametrize("language", WORDS)
def test_drive_fits_a_phone_in_every_language(open_page, place, no_wider_than_the_screen, language):
    session(place, "A session with a title that is rather long for a small telephone")
    place.control(f"files/{REGISTER}", {"withdraw": owner(place)})
    home, access, appears = WORDS[language]
    page = open_page("/drive", size=PHONE, language=language)
    expect(page.get_by_role("heading", level=1)).to_have_text(home)
    no_wider_than_the_screen(page)
    for path, words in ((f"/drive/files/{REGISTER}", access), ("/drive/recordings", appears)):
        page.goto(path)
        expect(page.get_by_role("heading", name=words)).to_be_visible()
        no_wider_than_the_screen(page)


def test_a_spreadsheet_opens_from_drive_and_is_thrown_away_and_restored(open_page, place):
    page = open_page("/drive")
    page.get_by_role("link", name="CoLab register", exact=True).click()
    page.wait_for_url("**/sheets/sandbox-register/*")
    page.goto("/drive")
    page.get_by_role("link", name="Details of CoLab register").click()
    page.get_by_role("button", name="Move to the trash").click()
    expect(page.get_by_text("goes on working")).to_be_visible()
    page.get_by_role("link", name="Trash").click()
    page.get_by_role("link", name="Details of CoLab register").click()
    page.get_by_role("button", name="Restore").click()
    expect(page.get_by_role("button", name="Move to the trash")).to_be_visible()
    assert seen(place, REGISTER, "trashed") == {"trashed": False}


def test_the_pipelines_access_is_taken_away_by_keyboard_alone(open_page, place):
    page = open_page(f"/drive/files/{REGISTER}")
    page.get_by_role("button", name="Take its access away").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("has no access")).to_be_visible()
    assert place.ask("GET", f"/v4/spreadsheets/{REGISTER}").status_code == 403
    page.get_by_role("button", name="Give access back").focus()
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Take its access away")).to_be_visible()
    assert place.ask("GET", f"/v4/spreadsheets/{REGISTER}").status_code == 200


def test_a_file_is_shared_with_a_person_and_taken_back(open_page, place):
    page = open_page(f"/drive/files/{REGISTER}")
    page.get_by_label("E-mail address").fill("ana@example.org")
    page.get_by_label("Role").select_option(label="may view")
    page.get_by_role("button", name="Share").click()
    expect(page.get_by_text("ana@example.org")).to_be_visible()
    assert [one["role"] for one in seen(place, REGISTER, "permissions")["permissions"]] == ["owner", "reader"]
    page.get_by_role("button", name="Remove ana").click()
    expect(page.get_by_text("ana@example.org")).to_have_count(0)


def test_a_folder_is_made_and_a_file_moved_into_it(open_page, place):
    page = open_page("/drive")
    page.get_by_text("New folder").click()
    page.get_by_label("Name").fill("Session materials")
    page.get_by_role("button", name="Create").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Session materials")
    page.goto(f"/drive/files/{REGISTER}")
    page.get_by_text("Rename or move").click()
    page.get_by_label("In").select_option(label="Session materials")
    page.get_by_role("button", name="Move", exact=True).click()
    expect(page.get_by_role("link", name="Session materials")).to_be_visible()
    assert found(place, f"name = 'Session materials' and mimeType = '{FOLDER}'") == ["Session materials"]


def test_a_recording_appears_for_a_session_is_made_and_is_ready(open_page, place):
    session(place, "Past session", attendees=[{"email": "ana@example.org", "responseStatus": "accepted"}])
    _, code = session(place, "Coming session", day="2024-03-05")
    page = open_page("/drive/recordings")
    expect(page.get_by_label("Minutes recorded")).to_have_value("90")
    page.get_by_label("Session", exact=True).select_option(label="Coming session · Mar 5, 2024, 14:00 UTC")
    page.get_by_label("Minutes recorded").fill("75")
    page.get_by_label("Still being recorded").check()
    page.get_by_role("button", name="Make it appear").click()
    expect(page.get_by_text("being recorded", exact=True)).to_be_visible()
    page.get_by_role("button", name="The recording ends").click()
    expect(page.get_by_text("being made", exact=True)).to_be_visible()
    page.get_by_role("button", name="The video is ready").click()
    page.get_by_role("button", name="One more recording of this call").click()
    expect(page.get_by_text("ready", exact=True)).to_have_count(2)
    page.get_by_role("link", name="Coming session - Recording.mp4").click()
    expect(page.get_by_text("75 min")).to_be_visible()
    assert [one["state"] for one in recordings(place, code)] == ["FILE_GENERATED"] * 2


def test_a_file_that_was_uploaded_is_downloaded(open_page, place):
    name = "Handout, género.txt"
    page = open_page(f"/drive/files/{make(place, name, 'text/plain')}")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download").click()
    assert download.value.suggested_filename == name
