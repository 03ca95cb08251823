"""The pages on which staff look after the forms: what is asked, under which header it arrives, who answered."""

from itertools import islice

from tasks.sandbox.failures import GoogleError
from tasks.sandbox.forms.documents import Form, forms, responses
from tasks.sandbox.forms.documents import form as form_named
from tasks.sandbox.forms.editing import accept, add_question, delete_question, rename_question
from tasks.sandbox.forms.linking import read_sheet
from tasks.sandbox.forms.questions import KINDS
from tasks.sandbox.pages.page import PageError, form, page, to
from tasks.sandbox.sheets.ranges import column_letters
from tasks.sandbox.switches import switch
from tasks.sandbox.wire import Answer, Call, Operation, Work, operation
from tasks.sandbox.world import World

LAST = 20


def _list(call: Call) -> Answer:
    store = call.world.store
    known = [(one, sum(1 for _ in responses(store, one.form_id)), _sheet_page(one)) for one in forms(store)]
    return page("forms.html", forms=known)


def _staff(call: Call) -> Answer:
    world, one = call.world, _form(call)
    sent = list(responses(world.store, one.form_id))
    return page(
        "form_staff.html",
        form=one,
        kinds=KINDS,
        columns=_columns(world, one),
        sheet_page=_sheet_page(one),
        renames=bool(switch(world.store, "form_rename_changes_header")),
        count=len(sent),
        last=list(islice(reversed(sent), LAST)),
    )


def _rename(call: Call) -> Answer:
    given = form(call)
    title = given.get("title", "").strip()
    if not title:
        raise PageError("forms.title_empty")
    rename_question(call.world, _form(call).code, given.get("question", ""), title, header_too="header" in given)
    return _back(call)


def _add(call: Call) -> Answer:
    given = form(call)
    options = [line.strip() for line in given.get("options", "").splitlines() if line.strip()]
    try:
        add_question(
            call.world,
            _form(call).code,
            given.get("title", "").strip(),
            given.get("kind", ""),
            options=options,
            required="required" in given,
            other="other" in given,
        )
    except GoogleError:
        raise PageError("forms.no_question") from None
    return _back(call)


def _delete(call: Call) -> Answer:
    delete_question(call.world, _form(call).code, form(call).get("question", ""))
    return _back(call)


def _accept(call: Call) -> Answer:
    accept(call.world, _form(call).code, accepting=form(call).get("accepting") == "yes")
    return _back(call)


def _form(call: Call) -> Form:
    return form_named(call.world.store, call.parts["form"])


def _back(call: Call) -> Answer:
    return to(f"/forms/{_form(call).code}/edit")


def _sheet_page(one: Form) -> str:
    return f"/sheets/{one.sheet['book']}/{one.sheet['tab']}" if one.sheet else ""


def _columns(world: World, one: Form) -> dict[str, tuple[str, str]]:
    """Letter and header of each question's column; a question whose column is gone is missing."""
    sheet = read_sheet(world, one)
    if sheet is None:
        return {}
    return {key: (column_letters(at), str(sheet.tab.cell(0, at).value)) for key, at in sheet.places().items()}


def _spoken(method: str, path: str, work: Work) -> Operation:
    return operation("pages", method, path, path, work)


OPERATIONS: list[Operation] = [
    _spoken("GET", "/forms", _list),
    _spoken("GET", "/forms/{form}/edit", _staff),
    _spoken("POST", "/forms/{form}/edit/rename", _rename),
    _spoken("POST", "/forms/{form}/edit/add", _add),
    _spoken("POST", "/forms/{form}/edit/delete", _delete),
    _spoken("POST", "/forms/{form}/edit/accepting", _accept),
]
