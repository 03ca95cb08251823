"""Every letter in every language, filled in: the same Markdown becomes the text and the HTML of a mail."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path

import css_inline
from babel import Locale
from jinja2 import Environment, StrictUndefined, Template, UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from tasks.domain.letter_files import Letter, LettersError, read_letter, read_text, source_hash
from tasks.domain.letter_markdown import Value, as_html, as_text, escaped, unstyled
from tasks.domain.mail_identity import MailKind
from tasks.domain.programme import Language
from tasks.domain.safe_policy import clean

ORIGINAL = "en"  # the language that the others are translated from
LABELS = {  # with the places that each must keep
    "greeting": ("{name}",),
    "greeting_nameless": (),
    "resent": (),
    "mail_code": ("{token}",),
    "event_summary": ("{ref}",),
    "event_description": ("{ref}", "{link}"),
}

__all__ = ["Letters", "LettersError", "Rendered", "load_letters", "source_hash", "stale_translations"]

# Markdown and plain text have their own escaping, so HTML's is on in the layout only
_BODIES = ImmutableSandboxedEnvironment(undefined=StrictUndefined, finalize=escaped, autoescape=False)
_HEADS = ImmutableSandboxedEnvironment(undefined=StrictUndefined, finalize=unstyled, autoescape=False)
_FRAMES = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False)
_LAYOUTS = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
_INLINER = css_inline.CSSInliner(keep_style_tags=True, load_remote_stylesheets=False)


@dataclass(frozen=True, slots=True)
class Rendered:
    """A letter filled in; ``text`` and ``html`` say the same."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class Letters:
    """Every letter by kind and language, the frames around them, and each language's short labels."""

    letters: Mapping[tuple[str, str], Letter]
    labels: Mapping[str, Mapping[str, str]]
    layout: Template
    frame: Template

    def labels_of(self, language: str) -> Mapping[str, str]:
        """The short labels of a language. Raises LettersError."""
        if language not in self.labels:
            raise LettersError(f"there are no letters in the language {language!r}")
        return self.labels[language]

    def render(self, kind: str, language: str, values: Mapping[str, Value], footer: str) -> Rendered:
        """Fill in a letter. Raises LettersError."""
        if (letter := self.letters.get((kind, language))) is None:
            raise LettersError(f"there is no letter {kind}/{language}.md")
        try:
            subject, preheader = (_filled(_HEADS, part, values) for part in (letter.subject, letter.preheader))
            body = _filled(_BODIES, letter.body, values)
        except (UndefinedError, ValueError) as error:
            raise LettersError(f"{kind}/{language}.md cannot be filled in: {error}") from None
        html = self.layout.render(
            language=language,
            direction=Locale.parse(language).text_direction,
            subject=clean(subject),
            preheader=preheader,
            body=Markup(as_html(body)),  # noqa: S704  made by as_html, which lets no HTML through
            footer=footer,
        )
        text = self.frame.render(body=as_text(body), footer=footer)
        return Rendered(clean(subject), f"{text.strip()}\n", _INLINER.inline(html))


def load_letters(folder: Path, languages: Mapping[str, Language], kinds: Iterable[str] = MailKind) -> Letters:
    """Read ``<folder>/<kind>/<language>.md`` for every kind and language, and the layout. Raises LettersError."""
    letters = {(str(kind), code): read_letter(folder / kind / f"{code}.md") for kind, code in product(kinds, languages)}
    for (kind, code), letter in letters.items():
        original = read_letter(folder / kind / f"{ORIGINAL}.md")
        if different := sorted(letter.placeholders ^ original.placeholders):
            raise LettersError(f"{kind}/{code}.md and {kind}/{ORIGINAL}.md differ in {', '.join(different)}")
    labels = {code: _labels(language) for code, language in languages.items()}
    layout, frame = read_text(folder / "layout.html"), read_text(folder / "frame.txt")
    return Letters(letters, labels, _compiled(_LAYOUTS, layout), _compiled(_FRAMES, frame))


def stale_translations(folder: Path, languages: Iterable[str], kinds: Iterable[str] = MailKind) -> list[str]:
    """One sentence for each translation whose original has changed since."""
    sentences = []
    for kind, code in product(kinds, sorted(set(languages) - {ORIGINAL})):
        current = source_hash(read_text(folder / kind / f"{ORIGINAL}.md"))
        if read_letter(folder / kind / f"{code}.md").source != current:
            what = f"{kind}/{code}.md is older than {kind}/{ORIGINAL}.md"
            sentences.append(f'{what}; bring it up to date, then write source = "{current}" in its head')
    return sentences


def _filled(environment: Environment, template: str, values: Mapping[str, Value]) -> str:
    return _compiled(environment, template).render(values)


@cache
def _compiled(environment: Environment, template: str) -> Template:
    return environment.from_string(template)


def _labels(language: Language) -> Mapping[str, str]:
    for name, places in LABELS.items():
        label = language.labels.get(name)
        if label is None or any(place not in label for place in places):
            needs = f" with {' and '.join(places)}" if places else ""
            raise LettersError(f"languages/{language.code}.toml needs [labels] {name}{needs}")
    return language.labels
