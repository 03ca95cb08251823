"""What a member of staff may do between two requests: the kinds of actions and what each must say."""

from collections.abc import Mapping
from typing import NamedTuple

from tasks.sandbox.failures import invalid
from tasks.sandbox.shapes import Json


class Kind(NamedTuple):
    """The fields of an action and their types."""

    needed: Mapping[str, type]
    optional: Mapping[str, type] = {}


TAB = {"book": str, "tab": str}
"""A spreadsheet by its role ("register") or id, and a tab by its title."""

ACTIONS: Mapping[str, Kind] = {
    "sort": Kind({**TAB, "column": str}, {"descending": bool}),
    "insert_row": Kind({**TAB, "row": int}),
    "delete_row": Kind({**TAB, "row": int}),
    "rename_tab": Kind({**TAB, "to": str}),
    "rename_header": Kind({**TAB, "header": str, "to": str}),
    "move_column": Kind({**TAB, "column": str, "to": str}),
    "edit_cell": Kind({**TAB, "cell": str, "value": str}),
    "batch": Kind({"book": str, "requests": list}),
    "delete_draft": Kind({}, {"draft": str}),
    "trash_file": Kind({"file": str}),
    "withdraw": Kind({"file": str}, {"address": str}),
    "advance": Kind({"seconds": int}),
    "request": Kind({"method": str, "path": str}, {"body": dict}),
}
"""``column`` is a letter, ``row`` the number people see, ``file`` a spreadsheet's role or a file's id.

``withdraw`` without an address means the programme's own, ``delete_draft`` without an id the newest; ``request`` is any
of Google's or of the control path."""


def check_action(action: Json) -> None:
    """``{"do": "sort", "book": "register", ...}``; 400 with a sentence for what nobody could do."""
    kind = ACTIONS.get(str(action.get("do")))
    if kind is None:
        raise invalid(f"action.do must be one of {', '.join(ACTIONS)}, not {action.get('do')!r}.")
    known = {**kind.needed, **kind.optional}
    if unknown := sorted(set(action) - set(known) - {"do"}):
        raise invalid(f"The action {action['do']} has no {', '.join(unknown)}; it has {', '.join(known)}.")
    if missing := [name for name in kind.needed if name not in action]:
        raise invalid(f"The action {action['do']} must say {', '.join(missing)}.")
    for name in set(action) - {"do"}:
        if type(action[name]) is not known[name]:
            raise invalid(f"In the action {action['do']}, {name} must be of type {known[name].__name__}.")
