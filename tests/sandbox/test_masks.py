"""Field masks in every spelling that the clients use."""

import pytest

from tasks.sandbox.failures import GoogleError
from tasks.sandbox.masks import apply, names, parse

WHOLE = {
    "id": "x",
    "properties": {"title": "t", "locale": "en_US", "grid": {"rows": 1, "columns": 2}},
    "sheets": [{"data": [{"a": 1, "b": 2}]}, {"data": [{"b": 3}]}, {}],
}


@pytest.mark.parametrize(
    ("mask", "part"),
    [
        ("", WHOLE),
        ("*", WHOLE),
        ("id", {"id": "x"}),
        ("id,properties.title", {"id": "x", "properties": {"title": "t"}}),
        ("properties/grid/rows", {"properties": {"grid": {"rows": 1}}}),
        ("properties(title, grid(rows))", {"properties": {"title": "t", "grid": {"rows": 1}}}),
        ("properties.title,properties.locale", {"properties": {"title": "t", "locale": "en_US"}}),
        ("properties,properties.title", {"properties": WHOLE["properties"]}),
        ("properties.title,properties", {"properties": WHOLE["properties"]}),
        ("properties(grid/rows,grid.columns)", {"properties": {"grid": {"rows": 1, "columns": 2}}}),
        ("sheets/data(a)", {"sheets": [{"data": [{"a": 1}]}, {"data": [{}]}, {}]}),
        ("sheets(data/b)", {"sheets": [{"data": [{"b": 2}]}, {"data": [{"b": 3}]}, {}]}),
        ("properties/*", {"properties": WHOLE["properties"]}),
        ("unknown", {}),
    ],
)
def test_a_mask_selects(mask, part):
    assert apply(parse(mask), WHOLE) == part


@pytest.mark.parametrize("mask", ["a(", "a)", "a,,b", "a(b", "a b", ",", "a.", "(a)", "a()", "ä"])
def test_what_is_no_mask_is_refused(mask):
    with pytest.raises(GoogleError, match="Invalid field selection"):
        parse(mask)


def test_names_are_paths():
    assert list(names(parse("title,grid(rows,columns.a)"))) == ["title", "grid.rows", "grid.columns.a"]
