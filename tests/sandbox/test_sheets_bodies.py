"""Bodies of ``batchUpdate``: every kind is known or refused by name, and nothing sent can make the sandbox fall."""

import copy
import json

import pytest

from tasks.sandbox.discovery.documents import documents
from tasks.sandbox.failures import GoogleError
from tasks.sandbox.sheets.batch import REQUESTS as KNOWN
from tasks.sandbox.sheets.bodies import body
from tests.sandbox.sheets_requests import REQUESTS, prepared, run

WRONG = (
    "x",
    "",
    "5",
    -1,
    0,
    1.5,
    10**400,
    1e308,
    True,
    None,
    [],
    [1],
    {},
    {"a": 1},
    [[[]]],
    "=1/0",
    "*",
    "²",
    "\ud800",
    2**31 - 1,
)
SHEETS = "type.googleapis.com/google.apps.sheets.v4"
NOT_A_LIST = "Proto field is not repeating, cannot start list."
KINDS = documents("sheets")[0].schemas["Request"]["properties"]


def places(value, path=()):
    """Every place in a body at which something else could stand."""
    if path:
        yield path
    if isinstance(value, dict | list):
        for key, part in value.items() if isinstance(value, dict) else enumerate(value):
            yield from places(part, (*path, key))


def with_other(value, path, other):
    changed = copy.deepcopy(value)
    holder = changed
    for key in path[:-1]:
        holder = holder[key]
    holder[path[-1]] = other
    return changed


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_of_request_is_done_or_refused_by_its_name(kind):
    if kind in KNOWN:
        assert len(run(prepared(), {kind: REQUESTS[kind]})) == 1
        return
    with pytest.raises(GoogleError, match=f"does not model .*'{kind}'") as caught:
        run(prepared(), {kind: {}})
    assert caught.value.code == 501


@pytest.mark.parametrize("kind", sorted(REQUESTS))
def test_whatever_stands_in_a_request_is_done_or_refused_as_google_refuses(kind):
    book, whole = prepared(), {kind: REQUESTS[kind]}
    for path in places(whole):
        for other in WRONG:
            request = with_other(whole, path, other)
            assert refusal(book.draft(), request) in {None, 400, 501}, request


def refusal(draft, request):
    """The status of the refusal, None where there was none; what was done can be kept."""
    try:
        replies = run(draft, request)
    except GoogleError as error:
        return error.code
    json.dumps([replies, [tab.described() for tab in draft.tabs]], allow_nan=False, ensure_ascii=False).encode()
    return None


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"requests": "x"}, f"Invalid value at 'requests' ({SHEETS}.Request), \"x\""),
        ({"request": []}, 'Invalid JSON payload received. Unknown name "request": Cannot find field.'),
        (
            {"requests": [{"addSheets": {}}]},
            "Invalid JSON payload received. Unknown name \"addSheets\" at 'requests[0]': Cannot find field.",
        ),
        (
            {"requests": [{}, {"addSheet": {"properties": {"title": 5}}}]},
            "Invalid value at 'requests[1].add_sheet.properties.title' (TYPE_STRING), 5",
        ),
        (
            {"requests": [{"addSheet": {"properties": {"sheetId": "x"}}}]},
            "Invalid value at 'requests[0].add_sheet.properties.sheet_id' (TYPE_INT32), \"x\"",
        ),
        (
            {"requests": [{"mergeCells": {"mergeType": "SOME"}}]},
            f"Invalid value at 'requests[0].merge_cells.merge_type' ({SHEETS}.MergeCellsRequest.MergeType), \"SOME\"",
        ),
        (
            {"requests": [{"mergeCells": {"range": [1]}}]},
            "Invalid JSON payload received. Unknown name \"range\" at 'requests[0].merge_cells': " + NOT_A_LIST,
        ),
    ],
)
def test_a_body_that_cannot_be_read_is_refused_where_it_is_wrong(given, message):
    with pytest.raises(GoogleError) as caught:
        body("BatchUpdateSpreadsheetRequest", given)
    assert (caught.value.code, caught.value.message) == (400, message)
    assert caught.value.details[0]["fieldViolations"][0]["description"] == message


def test_null_is_unset_and_whole_numbers_may_be_spelt_otherwise():
    given = {"requests": [{"appendDimension": {"sheetId": "7", "length": 2.0, "dimension": None}}]}
    assert body("BatchUpdateSpreadsheetRequest", given) == {
        "requests": [{"appendDimension": {"sheetId": 7, "length": 2}}]
    }


@pytest.mark.parametrize("raw", [b"[", b"[]", b"null", b'"x"', b"[" * 100_000, b"\xff\xfe"])
def test_what_is_no_body_at_all_is_refused(shared, raw):
    answer = shared.ask("POST", "/v4/spreadsheets/sandbox-register:batchUpdate", data=raw)
    assert (answer.status_code, answer.json()["error"]["status"]) == (400, "INVALID_ARGUMENT")
