"""What is kept on disk, and what is refused of it."""

import sqlite3

import pytest

from tasks.sandbox.failures import SandboxError
from tasks.sandbox.store import STORE_FILE, Encoded, Store, encoded


def test_data_of_another_version_is_refused_in_a_sentence(tmp_path):
    with sqlite3.connect(tmp_path / STORE_FILE) as old:
        old.execute("CREATE TABLE books (id TEXT)")
    old.close()
    with pytest.raises(SandboxError, match=r"kept by another version .* --fresh"):
        Store(tmp_path)


def test_a_file_that_is_no_data_is_refused_in_a_sentence(tmp_path):
    (tmp_path / STORE_FILE).write_text("this is a shopping list, and long enough to be looked at")
    with pytest.raises(SandboxError, match="cannot be opened"):
        Store(tmp_path)


def test_own_data_is_opened_again(tmp_path):
    first = Store(tmp_path)
    first.put("note", "1", {"text": "ñ"})
    first.close()
    second = Store(tmp_path)
    assert second.get("note", "1") == {"text": "ñ"}
    second.close()


def test_parts_that_are_json_already_come_to_stand_in_their_places():
    value = {"a": Encoded([b"[1", b",2]"]), "ñ": [Encoded([b'"x"']), None]}
    assert encoded(value) == '{"a":[1,2],"ñ":["x",null]}'.encode()


def test_what_is_no_json_is_an_error():
    with pytest.raises(TypeError, match="set is not JSON"):
        encoded({"a": {1}})
