"""What staff change about a form, on its page or through the API, and what the response sheet makes of it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from tasks.sandbox.failures import invalid, not_found
from tasks.sandbox.forms.documents import Form, form, keep_form
from tasks.sandbox.forms.filing import file_form
from tasks.sandbox.forms.linking import response_sheet
from tasks.sandbox.forms.questions import KINDS, Question, kind_of, question_body
from tasks.sandbox.forms.watches import notify
from tasks.sandbox.shapes import Json
from tasks.sandbox.sheets.book import new_number
from tasks.sandbox.switches import switch
from tasks.sandbox.world import World


@contextmanager
def changing(world: World, name: str, *, header_too: bool | None = None) -> Iterator[Form]:
    """A form to change; afterwards the response sheet has a column for each new question.

    ``header_too`` says whether a renamed question renames its column (None: as the setting says).
    """
    one = form(world.store, name)
    before = {question.question_id: question.title for question in one.questions}
    yield one
    one.revision += 1
    renames = bool(switch(world.store, "form_rename_changes_header")) if header_too is None else header_too
    _follow(world, one, before, renames=renames)
    keep_form(world.store, one)
    file_form(world, one)
    notify(world, one.form_id, "SCHEMA")


def add_question(
    world: World,
    name: str,
    title: str,
    kind: str = "short",
    *,
    options: Sequence[str] = (),
    required: bool = False,
    other: bool = False,
) -> Question:
    """A new question at the end of the form and a column for it; 400 when it is not one."""
    if not title.strip() or kind not in KINDS:
        raise invalid(f"A question needs a title and one of the kinds {', '.join(KINDS)}.")
    with changing(world, name) as one:
        question = question_body(kind, options, required=required, other=other)
        one.google["items"].append(new_item(one, {"title": title, "questionItem": {"question": question}}))
    return one.questions[-1]


def rename_question(world: World, name: str, question_id: str, title: str, *, header_too: bool | None = None) -> None:
    """Another wording of a question; 404 when the form does not ask it."""
    with changing(world, name, header_too=header_too) as one:
        one.google["items"][place_of(one, question_id)]["title"] = title


def delete_question(world: World, name: str, question_id: str) -> None:
    """The form no longer asks this; the column and its answers stay."""
    with changing(world, name) as one:
        del one.google["items"][place_of(one, question_id)]


def accept(world: World, name: str, *, accepting: bool) -> Form:
    """Take responses, or stop taking them; no other revision, because what is asked stays the same."""
    one = form(world.store, name)
    one.google["publishSettings"] = published(accepting=accepting)
    keep_form(world.store, one)
    return one


def published(*, accepting: bool, visible: bool = True) -> Json:
    """``PublishSettings``."""
    return {"publishState": {"isPublished": visible, "isAcceptingResponses": accepting}}


def place_of(one: Form, question_id: str) -> int:
    """Where the item with this question stands in the form; 404."""
    for at, item in enumerate(one.google["items"]):
        if item.get("questionItem", {}).get("question", {}).get("questionId") == question_id:
            return at
    raise not_found()


def new_item(one: Form, wanted: Json) -> Json:
    """An item with the ids that it lacks; 400 for one that is in use or for options that are none, 501 for its kind."""
    taken = {item["itemId"] for item in one.google["items"]}
    item: Json = {**wanted, "itemId": _free(wanted.get("itemId"), one, taken, "item")}
    if "questionItem" not in wanted:
        return item
    question: Json = dict(wanted["questionItem"].get("question") or {})
    ids = {known.question_id for known in one.questions}
    question["questionId"] = _free(question.get("questionId"), one, ids, "question")
    check_question(question)
    return item | {"questionItem": {"question": question}}


def check_question(question: Json) -> None:
    """400 where a choice has no options, or one that is empty or there twice; 501 for a kind that is not modelled."""
    kind_of(question)
    if "choiceQuestion" not in question:
        return
    options = question["choiceQuestion"].get("options") or []
    values = [option.get("value", "") for option in options if not option.get("isOther")]
    if not options or not all(values) or len(set(values)) < len(values):
        raise invalid("A choice question needs options, each with a value of its own.")
    if any(set(option) - {"value", "isOther"} for option in options):
        raise invalid("Only value and isOther of an option are modelled.")


def _follow(world: World, one: Form, before: dict[str, str], *, renames: bool) -> None:
    with response_sheet(world, one) as sheet:
        if sheet is None:
            return
        now = {question.question_id: question.title for question in one.questions}
        for key, title in now.items():
            if key not in before:
                sheet.add_column(key, title)
            elif renames and before[key] != title:
                sheet.rename(key, title)
        for key in before.keys() - now.keys():
            sheet.forget(key)


def _free(wanted: object, one: Form, taken: set[str], what: str) -> str:
    if wanted in taken:
        raise invalid(f"The {what} ID {wanted} is already in use.")
    numbers = {int(name, 16) for name in taken if name.isalnum() and not set(name) - set("0123456789abcdef")}
    return str(wanted or f"{new_number(f'{one.form_id}:{what}:{one.revision}:{len(taken)}', numbers):08x}")
