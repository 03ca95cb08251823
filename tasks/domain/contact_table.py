"""The letters and separators of a file, which no program writes down in it."""

import csv
import re
from collections.abc import Callable, Sequence
from io import StringIO

SEPARATORS = ",;\t|"
EXCELS_HINT = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)


class NoTable(Exception):  # noqa: N818 (the name says what happened)
    """The file is no table; the message is a sentence."""


def read_table_file(data: bytes, fitness: Callable[[Sequence[str]], tuple[int, int]]) -> list[list[str]]:
    """The rows, with the separator that makes most sense of the headers. Raises NoTable."""
    text = _text(data)
    if hint := EXCELS_HINT.match(text):
        return _rows(text[hint.end() :], hint[1])
    return max((_rows(text, separator) for separator in SEPARATORS), key=lambda rows: fitness(rows[0]))


def _text(data: bytes) -> str:
    """UTF-8 and UTF-16 are recognised; what is neither was written on Windows."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    for start, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        if data and data[start:400:2].count(0) > len(data[:400]) // 4:
            return data.decode(name, "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _rows(text: str, separator: str) -> list[list[str]]:
    try:
        return list(csv.reader(StringIO(text, newline=""), delimiter=separator)) or [[]]
    except csv.Error as error:
        raise NoTable(f"the file is not a table ({error})") from None
