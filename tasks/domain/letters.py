"""Every letter in every language, filled in: the same Markdown becomes the text and the HTML of a mail."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import css_inline
from babel import Locale
from jinja2 import Environment, StrictUndefined, Template, UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from tasks.domain.letter_files import Letter, LettersError
from tasks.domain.letter_markdown import Value, as_html, as_text, escaped, parsed, unstyled
from tasks.domain.mail_identity import MailKind, Sheet
from tasks.domain.safe_policy import clean
from tasks.domain.translations import Fault
from tasks.domain.typography import with_firm_spaces

# Markdown and plain text have their own escaping, so HTML's is on in the layout only
_BODIES = ImmutableSandboxedEnvironment(undefined=StrictUndefined, finalize=escaped, autoescape=False)
_HEADS = ImmutableSandboxedEnvironment(undefined=StrictUndefined, finalize=unstyled, autoescape=False)
FRAMES = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False)
LAYOUTS = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
_INLINER = css_inline.CSSInliner(keep_style_tags=True, load_remote_stylesheets=False)


@dataclass(frozen=True, slots=True)
class Rendered:
    """A letter filled in; ``text`` and ``html`` say the same."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class Letters:
    """The letters that can be used, by kind and language, the frames around them, and each language's short labels.

    ``used`` names, for each kind and language, the language that a mail is written in: another one where the
    translation cannot be used. ``faults`` says which cannot, and why.
    """

    letters: Mapping[tuple[str, str], Letter]
    labels: Mapping[str, Mapping[str, str]]
    used: Mapping[tuple[str, str], str]
    faults: tuple[Fault, ...]
    layout: Template
    frame: Template

    def spoken(self, kind: Sheet, language: str) -> str:
        """The language that a mail of this kind is written in to a reader of ``language``. Raises LettersError."""
        if (kind, language) not in self.used:
            raise LettersError(f"there are no letters in the language {language!r}")
        return self.used[kind, language]

    def render(self, kind: Sheet, language: str, values: Mapping[str, Value], footer: str) -> Rendered:
        """Fill in a letter. Raises LettersError."""
        if (letter := self.letters.get((kind, language))) is None:
            raise LettersError(f"there is no letter {kind}/{language}.md that can be used")
        head = (letter.subject or self._thread(language), letter.preheader)
        try:
            subject, preheader = (_filled(_HEADS, part, values) for part in head)
            body = parsed(_filled(_BODIES, with_firm_spaces(letter.body, language), values))
        except (UndefinedError, ValueError) as error:
            raise LettersError(f"{kind}/{language}.md cannot be filled in: {error}") from None
        direction = Locale.parse(language).text_direction
        html = self.layout.render(
            language=language,
            direction=direction,
            subject=clean(subject),
            preheader=preheader,
            body=Markup(as_html(body, direction)),  # noqa: S704  made by as_html, which lets no HTML through
            footer=footer,
        )
        text = self.frame.render(body=as_text(body), footer=footer)
        return Rendered(clean(subject), f"{text.strip()}\n", _INLINER.inline(html))

    def _thread(self, language: str) -> str:
        """Gmail joins mails only where their subjects are the same."""
        first = MailKind.acknowledgement
        return f"Re: {self.letters[first, self.used[first, language]].subject}"


def _filled(environment: Environment, template: str, values: Mapping[str, Value]) -> str:
    return compiled(environment, template).render(values)


@cache
def compiled(environment: Environment, template: str) -> Template:
    """The template, ready to be filled in."""
    return environment.from_string(template)
