"""The sandbox's own side: the control path and the pages, for whoever sits at this machine."""

import logging
from pathlib import Path
from urllib.parse import unquote

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from tasks.sandbox.control import operations as control
from tasks.sandbox.failures import GoogleError, not_found
from tasks.sandbox.google_paths import in_transaction
from tasks.sandbox.pages import operations as pages
from tasks.sandbox.pages.page import Page, PageError, page_language
from tasks.sandbox.pages.words import LANGUAGES, load_phrases, speaker
from tasks.sandbox.wire import Answer, Call, Operation, answer

OPERATIONS: list[Operation] = [
    *control.OPERATIONS,
    *pages.OPERATIONS,
]
HTML = "text/html; charset=UTF-8"
POLICY = (
    "default-src 'none'; style-src 'self' 'unsafe-inline'; script-src 'self'; connect-src 'self'; img-src 'self' data:;"
    " frame-src 'self' about:; form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
)
STATIC = {".css": "text/css; charset=UTF-8", ".js": "text/javascript; charset=UTF-8", ".svg": "image/svg+xml"}
NOT_FOUND = 404
YEAR = 365 * 24 * 3600
log = logging.getLogger(__name__)


class House:
    """Renders what the operations answer; nothing on a page comes from anywhere else."""

    def __init__(self, templates: Path) -> None:
        self.static = {path.name: path for path in (templates / "static").iterdir()}
        self.phrases = load_phrases(templates / "words")
        self.jinja = Environment(
            loader=FileSystemLoader(templates), autoescape=True, undefined=StrictUndefined, trim_blocks=True
        )

    def respond(self, call: Call, path: str) -> Answer:
        """The answer on this path; errors in the form that the asker reads."""
        try:
            result = self._perform(call, path)
        except GoogleError as error:
            result = _refusal(path, error)
        except PageError as error:
            result = Page(status=error.status, template="refusal.html", facts={"key": error.key, "why": error.facts})
        except Exception as error:
            log.exception("the sandbox failed")
            result = _refusal(path, GoogleError(500, f"The sandbox failed: {error!r}"))
        return self._rendered(call, path, result) if isinstance(result, Page) else result

    def _perform(self, call: Call, path: str) -> Answer:
        area, _, rest = path.lstrip("/").partition("/")
        if area == "static" and rest in self.static:
            found = self.static[rest]
            return Answer(found.read_bytes(), 200, STATIC[found.suffix], {"cache-control": "no-cache"})
        if area == "language" and rest in LANGUAGES:
            return _choose_language(call, rest)
        for one in OPERATIONS:
            if one.method == call.method and (match := one.pattern.fullmatch(path)):
                return in_transaction(call, one, match)
        raise not_found(f"There is nothing at {call.method} {unquote(path)}.")

    def _rendered(self, call: Call, path: str, page: Page) -> Answer:
        theirs = page_language(call)
        language = page.facts.get("language", theirs)
        every = {"say": speaker(self.phrases, language), "language": language, "path": path}
        text = self.jinja.get_template(page.template).render({**every, **page.facts})
        safety = {
            "content-security-policy": POLICY,
            "x-content-type-options": "nosniff",
            "referrer-policy": "same-origin",
        }
        return Answer(text.encode(), page.status, HTML, {**safety, **page.headers})


def _choose_language(call: Call, code: str) -> Answer:
    back = call.one("back", "/")
    local = back.startswith("/") and not back.startswith(("//", "/\\"))
    cookie = f"language={code}; Path=/; Max-Age={YEAR}; SameSite=Strict"
    return Answer(status=303, headers={"location": back if local else "/", "set-cookie": cookie})


def _refusal(path: str, error: GoogleError) -> Answer:
    if path.startswith("/control/"):
        return answer(error.body("control"), error.code)
    key = "page.not_here" if error.code == NOT_FOUND else ""
    return Page(status=error.code, template="refusal.html", facts={"key": key, "why": {"message": error.message}})
