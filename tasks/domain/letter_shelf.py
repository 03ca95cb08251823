"""Reads ``templates/mail``: every letter, the layout around it, and each language's short labels."""

from collections.abc import Iterable, Mapping
from itertools import chain
from pathlib import Path

from tasks.domain.letter_files import LettersError, read_text
from tasks.domain.letters import FRAMES, LAYOUTS, Letters, compiled
from tasks.domain.mail_identity import SHORT, MailKind, Sheet, Short
from tasks.domain.programme import Language
from tasks.domain.translations import read_translations

LABELS = {  # with the places that each must keep
    "greeting": ("{name}",),
    "greeting_nameless": (),
    "resent": (),
    "until_now": ("{when}",),
    "mail_code": ("{token}",),
    "event_summary": ("{ref}",),
    "event_description": ("{ref}", "{link}"),
    "sharing_public": (),
    "sharing_members": (),
    "nothing": (),
    "done_cannot_come": (),
    "done_unsubscribed": (),
    "done_deleted": (),
    "done_approved": (),
    "done_withdrawn": (),
    "test": (),
    "test_note": (),
    "file_adds": (),
    "file_changes": (),
    "file_removes": (),
    "no_file_adds": (),
    "no_file_changes": (),
    "no_file_removes": (),
    "to_session": (),
    "to_recording": (),
    **{f"minimal_{kind}": ("{day}",) if kind is MailKind.recording_review else () for kind in SHORT},
}


def load_letters(folder: Path, languages: Mapping[str, Language], kinds: Iterable[Sheet] | None = None) -> Letters:
    """Read ``<folder>/<kind>/<language>.md`` for all kinds and languages, and the layout. Raises LettersError."""
    for language in languages.values():
        _check(language, languages)
    read = [read_translations(folder, kind, languages) for kind in kinds or chain(MailKind, Short)]
    return Letters(
        letters={(one.kind, code): letter for one in read for code, letter in one.usable.items()},
        labels={code: language.labels for code, language in languages.items()},
        used={(one.kind, code): one.used(language) for one in read for code, language in languages.items()},
        faults=tuple(fault for one in read for fault in one.faults(languages)),
        layout=compiled(LAYOUTS, read_text(folder / "layout.html")),
        frame=compiled(FRAMES, read_text(folder / "frame.txt")),
    )


def _check(language: Language, languages: Mapping[str, Language]) -> None:
    if unknown := [code for code in language.fallback if code not in languages]:
        raise LettersError(f"languages/{language.code}.toml names the fallback {', '.join(unknown)}, which has no file")
    for name, places in LABELS.items():
        label = language.labels.get(name)
        if label is None or any(place not in label for place in places):
            needs = f" with {' and '.join(places)}" if places else ""
            raise LettersError(f"languages/{language.code}.toml needs [labels] {name}{needs}")
