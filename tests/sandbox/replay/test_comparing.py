"""The replay's own eyes: what it must see, and what it must overlook."""

import pytest

from tests.sandbox.replay.comparing import ABSENT, Difference, Ids, differences
from tests.sandbox.replay.recordings import recordings, runs

LONG = "1kQJputz5hMuuBLR-ShDbqZCgWancWqrTKeVsTuiZ77o"


@pytest.mark.parametrize(
    ("google", "ours", "seen"),
    [
        ({"a": 1}, {"a": 1.0}, []),
        ({"a": 1}, {"a": True}, [Difference("$.a", "1", "true")]),
        ({"a": "1"}, {"a": 1}, [Difference("$.a", '"1"', "1")]),
        ({"a": []}, {}, [Difference("$.a", "[]", ABSENT)]),
        ({}, {"a": None}, [Difference("$.a", ABSENT, "null")]),
        ([1, 2], [1], [Difference("$[1]", "2", ABSENT)]),
        ([1, 2], [2, 1], [Difference("$[0]", "1", "2"), Difference("$[1]", "2", "1")]),
        ({"etag": "x", "createdTime": "2023"}, {"etag": "y", "createdTime": "2024"}, []),
        ({"etag": "x"}, {}, [Difference("$.etag", '"x"', ABSENT)]),
    ],
)
def test_only_what_the_server_chooses_may_differ(google, ours, seen):
    assert list(differences(google, ours)) == seen


def test_ids_are_learnt_and_used_in_both_directions():
    ids = Ids()
    ids.learn({"id": LONG, "sheets": [{"sheetId": 77}]}, {"id": "mine", "sheets": [{"sheetId": 5}]})
    assert ids.text(f"/v4/spreadsheets/{LONG}:batchUpdate") == "/v4/spreadsheets/mine:batchUpdate"
    assert ids.json({"sheetId": 77, "index": 77}) == {"sheetId": 5, "index": 77}
    assert ids.back({"sheetId": 5, "url": "x/mine"}) == {"sheetId": 77, "url": f"x/{LONG}"}


def test_an_id_that_is_not_the_learnt_one_is_seen():
    ids = Ids()
    ids.learn({"sheetId": 77}, {"sheetId": 5})
    assert list(differences({"sheetId": 77}, ids.back({"sheetId": 6}))) == [Difference("$.sheetId", "77", "6")]


def test_a_recording_is_cut_where_its_files_are_gone():
    starts = [run[0] for found in recordings() for run in runs(found)]
    assert len(starts) == 216
    assert all(one.makes_a_file for one in starts)
