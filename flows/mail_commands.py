"""The commands of `colab` about the wording and the looks of mails."""

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from config.settings import Settings, SettingsError
from flows.command_options import Json, Live, Now, not_both
from flows.launch import FAILED, be_quiet, launch, refuse, usable_settings
from tasks.domain.letters import Letters
from tasks.domain.mail_identity import MailKind

templates = typer.Typer(no_args_is_help=True, help="The letters in templates/mail.")


class LetterKind(StrEnum):
    """The letters about a submission that staff can have sent."""

    welcome = "welcome"
    accepted = "accepted"
    declined = "declined"
    missing_answer = "missing_answer"


Tongues = Annotated[
    list[str] | None, typer.Option("--language", help="Only in this language, such as es; may be repeated.")
]


@templates.command()
def check() -> None:
    """List translations that are missing, older than the original, different from it, or cannot be used.

    And letters that break a rule for mails, tried with invented people. Exit code 1 if there is any. Until they are
    mended, readers of the former get the letter in the language that stands in, and the latter are held.
    """
    from flows.preview import make_previews
    from tasks.domain.letter_notices import advice
    from tasks.domain.previews import advice_on

    settings = usable_settings()
    letters = _letters(settings)
    found = [*advice(letters.faults), *advice_on(make_previews(settings, letters, MailKind, settings.languages))]
    for sentence in found:
        Console(stderr=True).print(sentence, style="yellow", highlight=False, soft_wrap=True, markup=False)
    if found:
        raise typer.Exit(FAILED)
    languages = ", ".join(language.name for language in settings.languages.values())
    Console().print(
        f"{len(letters.letters) // len(settings.languages)} letters, each in {languages}: all can be used.",
        highlight=False,
    )


def preview(
    kind: Annotated[MailKind | None, typer.Argument(help="Only this kind of mail.")] = None,
    *,
    language: Tongues = None,
    person: Annotated[str, typer.Option(help="The name of the usual reader.", metavar="NAME")] = "",
    to: Annotated[Path, typer.Option(help="Folder to write into.")] = Path(".preview"),
) -> None:
    """Write every mail as .html, .txt, .eml and .ics with a page that leads to them. Sends nothing.

    With long names, names written from right to left, readers whose time zone is not known, and hostile titles.
    """
    from flows.preview import make_previews, write_previews

    settings = usable_settings()
    letters = _letters(settings)
    made = make_previews(settings, letters, [kind] if kind else list(MailKind), _chosen(settings, language), person)
    write_previews(settings, letters, made, to)
    Console().print(f"{len(made)} mails: open {to / 'index.html'}", highlight=False, soft_wrap=True, markup=False)


def send_letter(
    ref: Annotated[str, typer.Argument(help="The ref of the submission, such as K7P2QX.")],
    kind: Annotated[LetterKind, typer.Argument(help="Which letter.")],
    *,
    preface: Annotated[str, typer.Option(help="What you want to say above it, instead of Preface.")] = "",
    rehearse: Annotated[bool, typer.Option("--rehearse", help="Say what would be sent, as without --live.")] = False,
    live: Live = False,
    now: Now = None,
    as_json: Json = False,
) -> None:
    """Send the submitter a letter, as the column Send letter does: one of a kind a person and day.

    Who signs it and what it asks stand in the row, in Contact person and Missing question.
    """
    not_both(live=live, rehearse=rehearse)
    parameters = {"ref": ref, "letter": str(kind), "preface": preface, "now": now, "live": live}
    launch("send-letter", parameters, as_json=as_json)


def digest(
    *,
    rehearse: Annotated[bool, typer.Option("--rehearse", help="Say what would be sent, as without --live.")] = False,
    live: Live = False,
    now: Now = None,
    as_json: Json = False,
) -> None:
    """Send the overview for staff to the addresses under [digest] in programme.toml, once a week to each."""
    not_both(live=live, rehearse=rehearse)
    launch("digest", {"now": now, "live": live}, as_json=as_json)


def send_test(
    address: Annotated[str, typer.Argument(help="Whose mailbox: yours.")],
    *,
    kind: Annotated[MailKind | None, typer.Option(help="Only this kind of mail.")] = None,
    language: Tongues = None,
    live: Annotated[bool, typer.Option("--live", help="Really send.")] = False,
) -> None:
    """Send every mail, or one kind, to one address as a test, in the language of the staff unless another is named.

    About invented people and sessions, and marked as a test in subject, text and calendar. Without --live it says what
    would be sent. Counts in what the provider takes in a day.
    """
    be_quiet()
    from flows.send_test import main as send_tests

    settings = usable_settings()
    if language is None:
        staff = settings.programme.staff_language
        language = [staff if staff in settings.languages else next(iter(settings.languages))]
    kinds = [kind] if kind else list(MailKind)
    raise typer.Exit(send_tests(settings, address, kinds, _chosen(settings, language), live=live))


def _letters(settings: Settings) -> Letters:
    from flows.preview import letters_of

    try:
        return letters_of(settings)
    except SettingsError as error:
        refuse(str(error))


def _chosen(settings: Settings, languages: Sequence[str] | None) -> list[str]:
    for code in languages or ():
        if code not in settings.languages:
            refuse(f"--language is {code}, but must be one of {', '.join(settings.languages)}")
    return list(languages or settings.languages)
