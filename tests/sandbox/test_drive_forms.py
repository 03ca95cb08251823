"""A form is a file in Drive: found, renamed, thrown away and deleted there."""

import pytest
from googleapiclient.errors import HttpError

FORM = "application/vnd.google-apps.form"
EN = "sandbox-form-en"


def files(place):
    return place.service("drive", "v3").files()


def form(place, name=EN):
    return place.service("forms", "v1").forms().get(formId=name).execute()


def answered(place):
    body = {"answers": {}, "email": "ana@example.org"}
    return place.ask("POST", "/control/forms/en/responses", json=body)


def trash(place, *, trashed):
    files(place).update(fileId=EN, body={"trashed": trashed}).execute()


def test_every_form_is_listed_with_its_title(shared):
    found = files(shared).list(q=f"mimeType = '{FORM}'", fields="files(id,name,webViewLink)").execute()["files"]
    titles = {one["id"]: one["name"] for one in found if one["id"].startswith("sandbox-form-")}
    assert titles == {name: form(shared, name)["info"]["documentTitle"] for name in titles}
    assert {EN, "sandbox-form-es", "sandbox-form-fr"} <= set(titles)
    assert found[0]["webViewLink"] == f"https://docs.google.com/forms/d/{found[0]['id']}/edit?usp=drivesdk"


def test_a_new_form_is_a_new_file_and_a_change_of_it_a_change_of_the_file(place):
    body = {"info": {"title": "Feedback", "documentTitle": "Feedback 2024"}}
    made = place.service("forms", "v1").forms().create(body=body).execute()["formId"]
    before = files(place).get(fileId=made, fields="*").execute()
    assert (before["name"], before["mimeType"], before["ownedByMe"]) == ("Feedback 2024", FORM, True)

    place.control("clock", {"advance": "PT1H"})
    item = {"title": "Why?", "questionItem": {"question": {"textQuestion": {}}}}
    request = {"createItem": {"item": item, "location": {"index": 0}}}
    place.service("forms", "v1").forms().batchUpdate(formId=made, body={"requests": [request]}).execute()
    after = files(place).get(fileId=made, fields="*").execute()
    assert after["modifiedTime"] > before["modifiedTime"]
    assert after["createdTime"] == before["createdTime"]


def test_a_form_renamed_in_drive_has_another_title_of_its_document(place):
    files(place).update(fileId=EN, body={"name": "Proposals"}).execute()
    assert form(place)["info"]["documentTitle"] == "Proposals"


def test_a_form_in_the_trash_takes_no_answers_until_it_is_taken_out(place):
    assert answered(place).status_code == 400, "open, and the required questions are asked for"
    trash(place, trashed=True)
    refusal = answered(place)
    assert (refusal.status_code, refusal.json()["error"]["message"]) == (
        403,
        "This form is no longer accepting responses.",
    )
    assert form(place)["formId"] == EN
    trash(place, trashed=False)
    assert answered(place).status_code == 400


def test_a_deleted_form_is_gone_with_its_responses(place):
    files(place).delete(fileId=EN).execute()
    for asked in (f"/v1/forms/{EN}", f"/v1/forms/{EN}/responses", f"/drive/v3/files/{EN}", "/forms/en"):
        assert place.ask("GET", asked).status_code == 404


@pytest.mark.parametrize(
    ("act", "status"),
    [
        (lambda files: files.copy(fileId=EN, body={}), 501),
        (lambda files: files.export(fileId=EN, mimeType="text/csv"), 403),
        (lambda files: files.get_media(fileId=EN), 403),
        (lambda files: files.create(body={"mimeType": FORM}), 501),
    ],
    ids=["copied", "exported", "downloaded", "made in Drive"],
)
def test_what_drive_does_not_do_with_a_form_is_refused(shared, act, status):
    with pytest.raises(HttpError) as refusal:
        act(files(shared)).execute()
    assert refusal.value.resp.status == status


def test_the_page_of_drive_leads_to_the_form(place):
    page = place.ask("GET", "/drive").text
    assert 'href="/forms/en"' in page
    trash(place, trashed=True)
    assert "A form in the trash takes no answers." in place.ask("GET", f"/drive/files/{EN}").text
