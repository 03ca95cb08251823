"""The control path that copies the sandbox's data while it runs."""

import sqlite3
from contextlib import closing
from pathlib import Path

from tasks.sandbox.control.spoken import spoken
from tasks.sandbox.failures import invalid
from tasks.sandbox.store import STORE_FILE
from tasks.sandbox.wire import Answer, Call, Operation, answer


def _copy(call: Call) -> Answer:
    """All that was acknowledged so far, in a new folder. Files copied by hand fit together only while nobody writes."""
    folder = Path(str(call.json().get("to", "")))
    if not folder.is_absolute() or not folder.parent.is_dir() or folder.exists():
        raise invalid('Say {"to": ...} with the absolute path of a folder that is not there yet; its parent must be.')
    folder.mkdir()
    source = f"{(call.world.store.folder / STORE_FILE).as_uri()}?mode=ro"
    with closing(sqlite3.connect(source, uri=True)) as ours, closing(sqlite3.connect(folder / STORE_FILE)) as theirs:
        ours.backup(theirs)
    return answer({"copied_to": str(folder)})


OPERATIONS: list[Operation] = spoken("POST", "copy", _copy)
