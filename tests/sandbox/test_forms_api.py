"""The Forms API through Google's own client: shapes, filters, pages, changes, watches, refusals."""

import json

import pytest
from googleapiclient.errors import HttpError

FR = {
    "Votre nom": "Léa Martin",
    "Organisation ou réseau": "Réseau neuf",
    "Pays où vous travaillez": "Sénégal",
    "membership": "Oui",
    "Titre de la session": "Pères et soin",
    "summary": "Deux ans.",
    "Thèmes": ["Paix et sécurité", "Autre: bande dessinée"],
    "Format": "Atelier",
    "session_languages": ["Français", "Anglais"],
    "recording": "Non",
}
FORM = "sandbox-form-fr"


@pytest.fixture
def forms(place):
    return place.service("forms", "v1").forms()


@pytest.fixture(scope="module")
def reading(shared):
    return shared.service("forms", "v1").forms()


def sends(place, title="Pères et soin", email="lea@example.org"):
    body = {"answers": {**FR, "Titre de la session": title}, "email": email}
    return place.control("forms/fr/responses", body)


def changes(forms, *requests, **more):
    return forms.batchUpdate(formId=FORM, body={"requests": list(requests), **more}).execute()


def refusal(request):
    with pytest.raises(HttpError) as caught:
        request.execute()
    return caught.value.resp.status, json.loads(caught.value.content)["error"]


def headers(place):
    return place.book("responses-fr").sheet1.row_values(1)


def titles(forms):
    return [item["title"] for item in forms.get(formId=FORM).execute()["items"]]


# -------------------------------------------------------------------------------------------------------- reading
def test_a_form_says_what_it_asks_and_where_its_answers_go(shared, reading):
    form = reading.get(formId=FORM).execute()
    assert form["linkedSheetId"] == "sandbox-responses-fr"
    assert form["responderUri"] == f"{shared.base_url}/forms/fr"
    assert form["settings"] == {"emailCollectionType": "RESPONDER_INPUT"}
    assert form["publishSettings"] == {"publishState": {"isPublished": True, "isAcceptingResponses": True}}
    assert shared.ask("GET", "/forms/fr").status_code == 200
    asked = {item["title"]: item["questionItem"]["question"] for item in form["items"]}
    themes = asked["Thèmes"]
    assert (themes["required"], themes["choiceQuestion"]["type"]) == (True, "CHECKBOX")
    assert themes["choiceQuestion"]["options"][-1] == {"isOther": True}
    assert asked["Format"]["choiceQuestion"]["options"][2] == {"value": "Atelier"}
    assert asked["Votre nom"]["textQuestion"] == {}
    assert "required" not in asked["Votre ville ou fuseau horaire"]
    assert len({question["questionId"] for question in asked.values()}) == len(asked)


def test_a_form_can_be_cut_to_some_fields(reading):
    assert reading.get(formId=FORM, fields="linkedSheetId").execute() == {"linkedSheetId": "sandbox-responses-fr"}


def test_a_response_is_keyed_by_question_and_says_who_and_when(place, forms):
    place.control("clock", {"now": "2024-03-01T10:00:00Z"})
    sent = sends(place)
    found = forms.responses().get(formId=FORM, responseId=sent["responseId"]).execute()
    ids = {
        item["title"]: item["questionItem"]["question"]["questionId"]
        for item in forms.get(formId=FORM).execute()["items"]
    }
    told = {key: [one["value"] for one in answer["textAnswers"]["answers"]] for key, answer in found["answers"].items()}
    assert told[ids["Titre de la session"]] == ["Pères et soin"]
    assert told[ids["Thèmes"]] == ["Paix et sécurité", "bande dessinée"]
    assert told[ids["Langue(s) de la session"]] == ["Anglais", "Français"]
    assert ids["Téléphone ou WhatsApp (facultatif)"] not in told
    assert (found["formId"], found["respondentEmail"]) == (FORM, "lea@example.org")
    assert found["createTime"] == found["lastSubmittedTime"]
    assert found["createTime"].startswith("2024-03-01T10:00:")
    listed = forms.responses().list(formId=FORM).execute()["responses"]
    assert listed[-1] == {name: value for name, value in found.items() if name != "formId"}


def test_the_samples_in_the_sheet_are_responses(reading):
    found = {code: reading.responses().list(formId=f"sandbox-form-{code}").execute() for code in ("en", "es", "fr")}
    assert {code: len(answer["responses"]) for code, answer in found.items()} == {"en": 10, "es": 8, "fr": 9}
    first = found["fr"]["responses"][0]
    assert first["createTime"] == "2024-01-30T21:10:05.000Z"
    values = [[one["value"] for one in a["textAnswers"]["answers"]] for a in first["answers"].values()]
    assert ["Prévention des violences faites aux femmes et aux filles, et des violences basées sur le genre"] in values


@pytest.mark.parametrize("edits_count", [True, False])
def test_the_filter_is_by_time_with_or_without_the_instant_itself(place, forms, edits_count):
    place.control("settings", {"form_filter_sees_edits": edits_count})
    place.control("clock", {"now": "2024-03-01T10:00:00Z"})
    one, two = sends(place, "Un"), sends(place, "Deux")
    listing = forms.responses().list

    def after(sign, instant):
        found = listing(formId=FORM, filter=f"timestamp {sign} {instant}").execute().get("responses", [])
        return [response["responseId"] for response in found]

    assert after(">=", one["createTime"]) == [one["responseId"], two["responseId"]]
    assert after(">", one["createTime"]) == [two["responseId"]]
    assert after(">", "2024-03-01T11:00:00.123456789Z") == []
    place.control("clock", {"now": "2024-03-02T10:00:00Z"})
    place.control(f"forms/fr/responses/{one['responseId']}", {"answers": {"Format": "Atelier"}}, "PUT")
    assert after(">", "2024-03-02T00:00:00Z") == ([one["responseId"]] if edits_count else [])


def test_pages_hold_every_response_once(reading):
    seen, request, pages = [], reading.responses().list(formId=FORM, pageSize=4), 0
    while request is not None:
        answer = request.execute()
        seen += [response["responseId"] for response in answer["responses"]]
        request, pages = reading.responses().list_next(request, answer), pages + 1
    assert (len(seen), len(set(seen)), pages) == (9, 9, 3)


def test_what_is_not_there_is_404_and_nonsense_is_400(reading):
    responses = reading.responses()
    token = responses.list(formId=FORM, pageSize=4).execute()["nextPageToken"]
    cases = [
        (reading.get(formId="none"), 404, "NOT_FOUND"),
        (responses.list(formId="none"), 404, "NOT_FOUND"),
        (responses.get(formId=FORM, responseId="none"), 404, "NOT_FOUND"),
        (responses.list(formId=FORM, filter="timestamp < 2024-03-01T00:00:00Z"), 400, "INVALID_ARGUMENT"),
        (responses.list(formId=FORM, filter="timestamp > 2024-03-01T00:00:00+01:00"), 400, "INVALID_ARGUMENT"),
        (responses.list(formId=FORM, filter="timestamp > 2024-13-01T00:00:00Z"), 400, "INVALID_ARGUMENT"),
        (responses.list(formId=FORM, pageSize=-1), 400, "INVALID_ARGUMENT"),
        (responses.list(formId=FORM, pageToken="x"), 400, "INVALID_ARGUMENT"),
        (responses.list(formId="sandbox-form-es", pageToken=token), 400, "INVALID_ARGUMENT"),
        (reading.batchUpdate(formId="none", body={"requests": [{}]}), 404, "NOT_FOUND"),
    ]
    found = [refusal(request) for request, *_ in cases]
    assert [(status, error["status"]) for status, error in found] == [tuple(expected) for _, *expected in cases]
    assert all(set(error) == {"code", "message", "status"} for _, error in found)


# ------------------------------------------------------------------------------------------------------- changing
def test_items_are_created_moved_reworded_and_deleted_and_the_sheet_follows(place, forms):
    before = headers(place)
    question = {"required": True, "choiceQuestion": {"type": "DROP_DOWN", "options": [{"value": "A"}, {"value": "B"}]}}
    done = changes(
        forms,
        {"createItem": {"item": {"title": "Salle", "questionItem": {"question": question}}, "location": {"index": 0}}},
        {"createItem": {"item": {"title": "Merci", "textItem": {}}, "location": {"index": 19}}},
        {"moveItem": {"originalLocation": {"index": 0}, "newLocation": {"index": 2}}},
        {"updateItem": {"item": {"title": "Votre prénom"}, "location": {"index": 0}, "updateMask": "title"}},
        {"deleteItem": {"location": {"index": 1}}},
        {"updateFormInfo": {"info": {"title": "Appel", "description": ""}, "updateMask": "title,description"}},
        includeFormInResponse=True,
    )
    assert [set(reply) for reply in done["replies"]] == [{"createItem"}, {"createItem"}, set(), set(), set(), set()]
    assert len(done["replies"][0]["createItem"]["questionId"]) == 1
    assert done["form"] == forms.get(formId=FORM).execute()
    assert done["writeControl"]["requiredRevisionId"] == done["form"]["revisionId"]
    assert done["form"]["info"] == {"title": "Appel", "documentTitle": "CoLab peer learning sessions (Français)"}
    assert [*titles(forms)[:2], titles(forms)[-1]] == ["Votre prénom", "Salle", "Merci"]
    assert headers(place) == [*before[:2], "Votre prénom", *before[3:], "Salle"]
    page = place.ask("GET", "/forms/fr").text
    assert "<select" in page
    assert "<h2>Merci</h2>" in page


def test_options_and_required_are_changed_through_a_mask(place, forms):
    item = {
        "questionItem": {
            "question": {"choiceQuestion": {"type": "RADIO", "options": [{"value": "Oui"}, {"isOther": True}]}}
        }
    }
    at = titles(forms).index("Format")
    old = forms.get(formId=FORM).execute()["items"][at]
    mask = "questionItem.question.choiceQuestion,questionItem.question.required"
    changes(forms, {"updateItem": {"item": item, "location": {"index": at}, "updateMask": mask}})
    new = forms.get(formId=FORM).execute()["items"][at]
    assert (new["itemId"], new["title"]) == (old["itemId"], old["title"])
    assert new["questionItem"]["question"] == {
        "questionId": old["questionItem"]["question"]["questionId"],
        **item["questionItem"]["question"],
    }
    sent = place.control(
        "forms/fr/responses", {"answers": {**FR, "Format": "Autre: promenade"}, "email": "lea@example.org"}
    )
    assert "promenade" in str(sent["answers"])


def test_an_item_that_was_read_can_be_written_back_as_a_whole(forms):
    old = forms.get(formId=FORM).execute()["items"][3]
    changes(forms, {"updateItem": {"item": {**old, "title": "Membre ?"}, "location": {"index": 3}, "updateMask": "*"}})
    assert forms.get(formId=FORM).execute()["items"][3] == {**old, "title": "Membre ?"}


TEXT = {"title": "x", "questionItem": {"question": {"textQuestion": {}}}}


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        ({}, 400),
        ({"createItem": {"item": TEXT, "location": {"index": 99}}}, 400),
        ({"createItem": {"item": TEXT, "location": {"index": -1}}}, 400),
        ({"createItem": {"location": {"index": 0}}}, 400),
        ({"createItem": {"item": {**TEXT, "itemId": "ID"}, "location": {"index": 0}}}, 400),
        ({"updateItem": {"item": TEXT, "location": {"index": 0}}}, 400),
        ({"updateFormInfo": {"info": {"title": "x"}, "updateMask": "documentTitle"}}, 400),
        ({"updateSettings": {"settings": {"quizSettings": {"isQuiz": True}}, "updateMask": "quizSettings"}}, 501),
        ({"createItem": {"item": {"title": "x", "videoItem": {}}, "location": {"index": 0}}}, 501),
        ({"createItem": {"item": {"questionItem": {"question": {"scaleQuestion": {}}}},
                         "location": {"index": 0}}}, 501),
        ({"createItem": {"item": {"questionItem": {"question": {"choiceQuestion": {"type": "RADIO"}}}},
                         "location": {"index": 0}}}, 400),
        ({"updateItem": {"item": {"questionItem": {"question": {"questionId": "0badcafe", "textQuestion": {}}}},
                         "location": {"index": 0}, "updateMask": "questionItem"}}, 501),
        ({"updateItem": {"item": {"textItem": {}}, "location": {"index": 0}, "updateMask": "*"}}, 501),
        ({"deleteItem": {"location": {"index": 18}}}, 400),
        ({"moveItem": {"originalLocation": {"index": 0}, "newLocation": {"index": 18}}}, 400),
    ],
)  # fmt: skip
def test_a_batch_with_one_bad_request_changes_nothing(shared, reading, request_, status):
    before, row = reading.get(formId=FORM).execute(), headers(shared)
    text = json.dumps(request_).replace('"ID"', json.dumps(before["items"][0]["itemId"]))
    good = {"updateItem": {"item": {"title": "Autre"}, "location": {"index": 0}, "updateMask": "title"}}
    got, error = refusal(reading.batchUpdate(formId=FORM, body={"requests": [good, json.loads(text)]}))
    assert (got, "requests[1]" in error["message"]) == (status, True)
    assert (reading.get(formId=FORM).execute(), headers(shared)) == (before, row)


CHANGE = {"createItem": {"item": {"itemId": "aa", "title": "T", "description": "d", "questionItem": {"question": {
    "questionId": "1234", "required": True, "choiceQuestion": {"type": "RADIO", "options": [{"value": "A"}]}}}},
    "location": {"index": 0}}}  # fmt: skip
REWORD = {"updateItem": {"item": {"title": "U"}, "location": {"index": 1}, "updateMask": "title"}}
INFO = {"updateFormInfo": {"info": {"title": "t"}, "updateMask": "title"}}
STATE = {"publishSettings": {"publishState": {"isPublished": True, "isAcceptingResponses": True}}}
BODIES = [
    (f"/v1/forms/{FORM}:batchUpdate", {"requests": [CHANGE, REWORD, INFO]}),
    (f"/v1/forms/{FORM}:setPublishSettings", STATE),
    (f"/v1/forms/{FORM}/watches", {"watch": {"eventType": "SCHEMA", "target": {"topic": {"topicName": "t"}}}}),
    ("/control/forms/fr/responses", {"answers": {"title": "x"}, "email": "a@example.org"}),
    ("/control/forms/fr/questions", {"title": "x", "kind": "radio", "options": ["a", "b"], "required": True}),
]


def spoilt(body, wrong):
    """The body with each of its parts, one after the other, replaced by something of another type."""
    yield wrong
    for key in body if isinstance(body, dict) else range(len(body)) if isinstance(body, list) else ():
        for part in spoilt(body[key], wrong):
            copy = body.copy()
            copy[key] = part
            yield copy


@pytest.mark.parametrize(("path", "body"), BODIES, ids=[path for path, _ in BODIES])
def test_a_part_of_another_type_is_refused_and_never_a_failure(place, path, body):
    bad = [part for wrong in (5, "x", [1], {"a": 1}) for part in spoilt(body, wrong)]
    seen = [place.ask("POST", path, json=one).status_code for one in bad]
    assert set(seen) <= {200, 400, 501}
    assert seen.count(400) > len(seen) / 2
    assert [place.ask("GET", page).status_code for page in ("/forms/fr", "/forms/fr/edit", f"/v1/forms/{FORM}")] == [
        200
    ] * 3


def test_a_change_based_on_an_old_revision_is_refused(forms):
    old = forms.get(formId=FORM).execute()["revisionId"]
    info = {"updateFormInfo": {"info": {"title": "Appel"}, "updateMask": "title"}}
    changes(forms, info, writeControl={"requiredRevisionId": old})
    body = {"requests": [info], "writeControl": {"requiredRevisionId": old}}
    assert refusal(forms.batchUpdate(formId=FORM, body=body))[0] == 400


def test_a_form_that_no_longer_collects_addresses_asks_for_none(place, forms):
    settings = {"settings": {"emailCollectionType": "DO_NOT_COLLECT"}, "updateMask": "emailCollectionType"}
    changes(forms, {"updateSettings": settings})
    sent = sends(place, email="")
    assert "respondentEmail" not in sent
    assert 'name="emailAddress"' not in place.ask("GET", "/forms/fr").text


def test_a_new_form_is_empty_and_can_be_filled(place, forms):
    made = forms.create(body={"info": {"title": "Réponse"}}).execute()
    assert "items" not in made
    assert "linkedSheetId" not in made
    assert made["info"] == {"title": "Réponse", "documentTitle": "Réponse"}
    item = {"createItem": {"item": {**TEXT, "title": "Pourquoi ?"}, "location": {"index": 0}}}
    forms.batchUpdate(formId=made["formId"], body={"requests": [item]}).execute()
    place.control(f"forms/{made['formId']}/responses", {"answers": {"Pourquoi ?": "Parce que"}})
    listed = forms.responses().list(formId=made["formId"]).execute()["responses"]
    assert "Parce que" in str(listed)
    assert place.ask("GET", made["responderUri"].removeprefix(place.base_url)).status_code == 200


def test_a_form_is_created_with_a_title_and_nothing_else(reading):
    assert refusal(reading.create(body={"info": {}}))[0] == 400
    assert refusal(reading.create(body={"info": {"title": "x", "description": "y"}}))[0] == 400
    assert refusal(reading.create(body={"info": {"title": "x"}, "items": [TEXT]}))[0] == 400


def test_a_form_stops_and_starts_accepting_responses(place, forms):
    def publish(**state):
        return forms.setPublishSettings(formId=FORM, body={"publishSettings": {"publishState": state}})

    assert publish(isPublished=True, isAcceptingResponses=False).execute()["formId"] == FORM
    refused = place.ask("POST", "/control/forms/fr/responses", json={"answers": FR, "email": "lea@example.org"})
    assert refused.status_code == 403
    assert refusal(publish(isPublished=False, isAcceptingResponses=True))[0] == 400
    publish(isPublished=True, isAcceptingResponses=True).execute()
    sends(place)


# -------------------------------------------------------------------------------------------------------- watches
def test_a_watch_is_told_of_responses_for_seven_days_unless_it_is_renewed(place, forms):
    place.control("clock", {"now": "2024-03-01T10:00:00Z"})
    target = {"topic": {"topicName": "projects/p/topics/t"}}
    watch = {"eventType": "RESPONSES", "target": target}
    made = forms.watches().create(formId=FORM, body={"watch": watch, "watchId": "intake"}).execute()
    assert (made["id"], made["state"], made["expireTime"][:10]) == ("intake", "ACTIVE", "2024-03-08")
    sends(place)
    place.control("forms/fr/questions", {"title": "Nouvelle"})
    place.control("clock", {"now": "2024-03-07T10:00:00Z"})
    assert forms.watches().renew(formId=FORM, watchId="intake").execute()["expireTime"][:10] == "2024-03-14"
    place.control("clock", {"now": "2024-03-13T10:00:00Z"})
    sends(place)
    place.control("clock", {"now": "2024-03-15T10:00:00Z"})
    sends(place)
    told = place.control("forms/notifications")
    assert [message["publishTime"][:10] for message in told] == ["2024-03-01", "2024-03-13"]
    assert told[0]["attributes"] == {"formId": FORM, "eventType": "RESPONSES", "watchId": "intake"}
    assert [one["id"] for one in forms.watches().list(formId=FORM).execute()["watches"]] == ["intake"]
    forms.watches().delete(formId=FORM, watchId="intake").execute()
    assert forms.watches().list(formId=FORM).execute() == {}


def test_a_wrong_watch_is_refused(forms):
    def create(event="SCHEMA", topic="projects/p/topics/t", **more):
        watch = {"eventType": event, "target": {"topic": {"topicName": topic}}}
        return forms.watches().create(formId=FORM, body={"watch": watch, **more})

    assert [refusal(create(event="EVENT_TYPE_UNSPECIFIED"))[0], refusal(create(topic="t"))[0]] == [400, 400]
    assert refusal(create(watchId="A1"))[0] == 400
    create().execute()
    assert refusal(create())[0] == 400
    assert refusal(forms.watches().renew(formId=FORM, watchId="none"))[0] == 404
