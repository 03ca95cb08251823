"""The requests of ``forms.batchUpdate`` that change the items of a form."""

from collections.abc import Mapping

from tasks.sandbox.failures import invalid, not_modelled
from tasks.sandbox.forms.documents import Form
from tasks.sandbox.forms.editing import check_question, new_item
from tasks.sandbox.masks import names, parse
from tasks.sandbox.shapes import Json

KNOWN_ITEM = {"itemId", "title", "description", "questionItem", "textItem", "pageBreakItem"}


def create_item(one: Form, wanted: Json) -> Json:
    """``createItem``: the reply holds the new ids."""
    items = one.google["items"]
    at = _index(wanted.get("location"), len(items) + 1)
    item = new_item(one, _modelled(wanted["item"]))
    items.insert(at, item)
    question = item.get("questionItem", {}).get("question", {})
    return {"createItem": {"itemId": item["itemId"], **({"questionId": [question["questionId"]]} if question else {})}}


def move_item(one: Form, wanted: Json) -> Json:
    """``moveItem``."""
    items = one.google["items"]
    item = items.pop(_index(wanted.get("originalLocation"), len(items)))
    items.insert(_index(wanted.get("newLocation"), len(items) + 1), item)
    return {}


def delete_item(one: Form, wanted: Json) -> Json:
    """``deleteItem``."""
    del one.google["items"][_index(wanted.get("location"), len(one.google["items"]))]
    return {}


def update_item(one: Form, wanted: Json) -> Json:
    """``updateItem``: only what the mask names; a question keeps its id."""
    items = one.google["items"]
    at, given = _index(wanted.get("location"), len(items)), _modelled(wanted["item"])
    item = items[at]
    for path in names(parse(_mask(wanted))):
        item = _laid_over(item, given, KNOWN_ITEM if path == "*" else {path})
    if ("questionItem" in item) != ("questionItem" in items[at]):
        raise not_modelled("making a question of another item, or the other way round")
    if "questionItem" in item:
        question = item["questionItem"]["question"]
        old_id = items[at]["questionItem"]["question"]["questionId"]
        question = {**question, "questionId": question.get("questionId") or old_id}
        check_question(question)
        if question["questionId"] != old_id:
            raise not_modelled("another ID for a question that is there")
        item = item | {"questionItem": {"question": question}}
    items[at] = item | {"itemId": items[at]["itemId"]}
    return {}


def _laid_over(item: Json, given: Json, paths: set[str]) -> Json:
    """The item with what stands in ``given`` at each dotted path; what is not there is removed."""
    done = dict(item)
    for path in paths:
        name, _, rest = path.partition(".")
        if rest and isinstance(given.get(name), dict):
            done[name] = _laid_over(done.get(name) or {}, given[name], {rest})
        elif not rest and given.get(name) not in (None, ""):
            done[name] = given[name]
        elif not rest:
            done.pop(name, None)
    return done


def _modelled(item: Json) -> Json:
    """The item as it is kept: unset fields left out; 501 for one that is not modelled."""
    given = {name: value for name, value in item.items() if value is not None and value != ""}
    if set(given) - KNOWN_ITEM:
        raise not_modelled(f"an item with {', '.join(sorted(set(given) - KNOWN_ITEM))}")
    if "image" in (given.get("questionItem") or {}):
        raise not_modelled("an image in a question")
    return given


def _index(location: Mapping[str, object] | None, size: int) -> int:
    index = (location or {}).get("index", 0)
    if not isinstance(index, int) or isinstance(index, bool) or not 0 <= index < size:
        raise invalid(f"location.index must be at least 0 and less than {size}.")
    return index


def _mask(wanted: Json) -> str:
    mask = str(wanted.get("updateMask") or "")
    if not mask:
        raise invalid("update_mask is required.")
    return mask


def fields_of(wanted: Json, known: set[str]) -> set[str]:
    """The fields that ``updateMask`` names; 400 for one that is not known."""
    given = set(names(parse(_mask(wanted))))
    if given == {"*"}:
        return known
    if given - known:
        raise invalid(f"Invalid update mask: {', '.join(sorted(given - known))}")
    return given
