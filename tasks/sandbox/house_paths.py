"""The sandbox's own side: the control path and the pages, for whoever sits at this machine."""

import logging
from pathlib import Path
from urllib.parse import unquote

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from tasks.sandbox import control, pages, pages_mail, pages_sheets
from tasks.sandbox.failures import GoogleError, not_found
from tasks.sandbox.google_paths import in_transaction
from tasks.sandbox.pages import Page
from tasks.sandbox.wire import Answer, Call, Operation, answer

OPERATIONS: list[Operation] = [
    *control.OPERATIONS,
    *pages.OPERATIONS,
    *pages_mail.OPERATIONS,
    *pages_sheets.OPERATIONS,
]
HTML = "text/html; charset=UTF-8"
POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-src about:; form-action 'self';"
    " base-uri 'none'; frame-ancestors 'none'"
)
log = logging.getLogger(__name__)


class House:
    """Renders what the operations answer; nothing on a page comes from anywhere else or runs."""

    def __init__(self, templates: Path) -> None:
        self.jinja = Environment(
            loader=FileSystemLoader(templates), autoescape=True, undefined=StrictUndefined, trim_blocks=True
        )

    def respond(self, call: Call, path: str) -> Answer:
        """The answer on this path; errors in the form that the asker reads."""
        try:
            result = self._perform(call, path)
        except GoogleError as error:
            result = self._refusal(path, error)
        except Exception as error:
            log.exception("the sandbox failed")
            result = self._refusal(path, GoogleError(500, f"The sandbox failed: {error!r}"))
        return self._rendered(result) if isinstance(result, Page) else result

    def _perform(self, call: Call, path: str) -> Answer:
        for one in OPERATIONS:
            if one.method == call.method and (match := one.pattern.fullmatch(path)):
                return in_transaction(call, one, match)
        raise not_found(f"There is nothing at {call.method} {unquote(path)}.")

    def _refusal(self, path: str, error: GoogleError) -> Answer:
        if path.startswith("/control/"):
            return answer(error.body("control"), error.code)
        return Page(status=error.code, template="refusal.html", facts={"title": "That cannot be done", "error": error})

    def _rendered(self, page: Page) -> Answer:
        text = self.jinja.get_template(page.template).render(page.facts)
        return Answer(
            text.encode(),
            page.status,
            HTML,
            {"content-security-policy": POLICY, "x-content-type-options": "nosniff", "referrer-policy": "same-origin"},
        )
