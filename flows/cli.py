"""The `colab` command."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from config.settings import SettingsError
from flows.command_options import Json, Live, Now, not_both
from flows.launch import fail, launch, refuse, usable_settings
from flows.mail_commands import digest, preview, send_letter, send_test, templates

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    help="""From a form answer to the recording in the archive.

    Without --live every run is a rehearsal: it reads, decides and prints the plan, and does nothing outside.

    Settings come from the environment (COLAB_…) or a file .env; config/example.env lists them. The programme itself
    (forms, tabs, columns, limits, timetable) stands in config/programme.toml.

    Exit codes: 0 all well, 1 something failed, 2 settings unusable.""",
)
app.add_typer(templates, name="templates")


class FlowName(StrEnum):
    """The flows."""

    intake = "intake"
    scheduling = "scheduling"
    invitations = "invitations"
    reminders = "reminders"
    incoming = "incoming"
    recordings = "recordings"
    resend_invites = "resend-invites"
    digest = "digest"


class Audience(StrEnum):
    """Who may get an invitation again."""

    everyone = "everyone"
    presenters = "presenters"
    members = "members"


class Only(StrEnum):
    """Whom to leave out."""

    not_answered = "not-answered"


class TransportKind(StrEnum):
    """How mail can leave."""

    gmail = "gmail"
    smtp = "smtp"


def _ledger_kind(text: str) -> str:
    if text not in {"sqlite", "postgresql"} and not text.startswith("postgresql://"):
        raise typer.BadParameter("this is neither sqlite nor postgresql nor an address that begins with postgresql://")
    return text


@app.command()
def run(
    flow: FlowName,
    *,
    session: Annotated[str, typer.Option(help="For resend-invites: the ref of the session.", metavar="REF")] = "",
    live: Live = False,
    now: Now = None,
    as_json: Json = False,
) -> None:
    """Run one flow once: a rehearsal, or with --live for real."""
    if flow is not FlowName.resend_invites:
        launch(flow, {"now": now, "live": live}, as_json=as_json)
    elif not session:
        refuse("resend-invites needs to know the session: colab run resend-invites --session K7P2QX")
    else:
        resend_invites(session, live=live, now=now, as_json=as_json)


@app.command("resend-invites")
def resend_invites(  # noqa: PLR0913  everything that staff can choose
    session: Annotated[str, typer.Argument(help="The ref of the session, such as K7P2QX.")],
    *,
    to: Annotated[
        list[str] | None, typer.Option(help="Only to this address; may be repeated.", metavar="ADDRESS")
    ] = None,
    audience: Annotated[Audience, typer.Option(help="Who of those that were invited.")] = Audience.everyone,
    only: Annotated[Only | None, typer.Option(help="Leave out those who have accepted or declined.")] = None,
    language: Annotated[str, typer.Option(help="Of the letter; else everybody's own.", metavar="CODE")] = "",
    preface: Annotated[str, typer.Option(help="What you want to say above the invitation.", metavar="TEXT")] = "",
    reason: Annotated[str, typer.Option(help="Why, for your own records; it is not sent.", metavar="TEXT")] = "",
    copy: Annotated[
        bool, typer.Option("--copy", help="What each got last, unchanged; else it is written anew.")
    ] = False,
    rehearse: Annotated[bool, typer.Option("--rehearse", help="Say who would get what, as without --live.")] = False,
    live: Live = False,
    now: Now = None,
    as_json: Json = False,
) -> None:
    """Send the invitations of a session again, at most once a day to each person.

    As they are written now, or with --copy exactly as each person has them, as far as Sent keeps a copy.
    """
    if copy and (language or preface):
        refuse("--copy sends what people got, unchanged: it goes with neither --language nor --preface")
    not_both(live=live, rehearse=rehearse)
    if language and language not in usable_settings().languages:
        refuse(f"--language is {language}, but there are letters in {', '.join(usable_settings().languages)}")
    parameters = {
        "session": session,
        "audience": audience,
        "only_unanswered": only is not None,
        "language": language,
        "preface": preface,
        "reason": reason,
        "as_copy": copy,
        "now": now,
        "live": live,
    }
    launch(FlowName.resend_invites, parameters, as_json=as_json, only_to=to or [])


@app.command()
def history(
    ref: Annotated[str, typer.Argument(help="The ref of the submission, such as K7P2QX.")], *, as_json: Json = False
) -> None:
    """Tell what happened to a submission: sent, corrected, acknowledged, decided, invited, recorded.

    Says which answers changed, never what anybody wrote. Times are those of the register's time zone.
    """
    from flows.history import tell_history

    try:
        known = tell_history(usable_settings(), ref.strip().upper(), as_json=as_json)
    except SettingsError as error:
        refuse(str(error))
    if not known:
        fail(f"{ref.strip().upper()[:12]}: the ledger knows no submission with this ref")


@app.command("import-members")
def import_members(
    file: Annotated[Path, typer.Argument(help="A CSV file: a table of any program, or an export of Google Contacts.")],
    *,
    label: Annotated[str, typer.Option(help="Only contacts with this label of Google Contacts.")] = "",
    language: Annotated[str, typer.Option(help="For contacts without a language: its code, such as es.")] = "",
    live: Live = False,
    now: Now = None,
    as_json: Json = False,
) -> None:
    """Add the people of a file to Members, each once; say which rows are new, known, changed or refused, and why.

    Headers may be in any language of staff; letters and separators are recognised. Nobody is subscribed unless the file
    says yes, and no row that stands in Members is changed.
    """
    if language and language not in usable_settings().languages:
        refuse(f"--language is {language}, but must be one of {', '.join(usable_settings().languages)}")
    parameters = {"file": str(file), "label": label, "language": language, "now": now, "live": live}
    launch("import-members", parameters, as_json=as_json)


@app.command("rebuild-ledger")
def rebuild_ledger(*, live: Live = False, now: Now = None, as_json: Json = False) -> None:
    """Make a lost ledger again from the register, the answers, the archive, the calendar and Sent, without one mail.

    Without --live it says what would be found. What nobody can know any more (was it acknowledged?) is taken as done,
    and named. Refused where the ledger is not empty. Afterwards run every flow as a rehearsal: nothing should be due.
    """
    launch("rebuild-ledger", {"now": now, "live": live}, as_json=as_json)


@app.command()
def serve() -> None:
    """Run all flows on the timetable of programme.toml until Ctrl-C; COLAB_MODE says whether for real.

    Starts a Prefect server of its own on this machine unless PREFECT_API_URL names one. The Prefect page shows every
    run and has a button and a form for each flow.
    """
    from flows.serve import main as serve_flows

    try:
        serve_flows(usable_settings())
    except SettingsError as error:
        refuse(str(error))


@app.command()
def sandbox(
    data: Annotated[Path, typer.Option(help="Folder that keeps the sandbox's data.")],
    port: Annotated[int, typer.Option(help="Port on 127.0.0.1; 0 takes a free one.")] = 0,
    *,
    samples: Annotated[bool, typer.Option("--samples", help="Fill an empty folder with the sample answers.")] = False,
    seed: Annotated[
        list[Path] | None,
        typer.Option(help="Fill an empty folder from a CSV or XLSX export of your own sheets; may be repeated."),
    ] = None,
    keep_personal_data: Annotated[
        bool, typer.Option("--keep-personal-data", help="Do not replace the people in what --seed brings.")
    ] = False,
    fresh: Annotated[bool, typer.Option("--fresh", help="Throw away what the folder held before.")] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Refuse every request that Google's discovery documents do not foresee.")
    ] = False,
) -> None:
    """Serve a stand-in for Google on this machine, with pages to look at.

    Prints one JSON line with its address and ids once it answers. With COLAB_GOOGLE_URL set to that address every
    command uses it and needs no credentials.
    """
    from tasks.sandbox.failures import SandboxError
    from tasks.sandbox.seeding.contents import Contents
    from tasks.sandbox.server import serve as serve_sandbox

    if samples and seed:
        refuse("--samples and --seed both fill the sheets; choose one of them")
    settings = usable_settings()
    contents = Contents(samples=samples, exports=tuple(seed or ()), keep_personal_data=keep_personal_data)
    try:
        serve_sandbox(
            data,
            port,
            settings.programme,
            settings.languages,
            settings.templates,
            contents=contents,
            fresh=fresh,
            strict=strict,
        )
    except SandboxError as error:
        refuse(str(error))


@app.command()
def torture(
    *,
    seed: Annotated[int, typer.Option(help="Which storm; with --whole the first one.")] = 1,
    runs: Annotated[int, typer.Option(help="How many storms, from that seed on.", min=1)] = 1,
    ledger: Annotated[
        str,
        typer.Option(
            parser=_ledger_kind,
            help="In what its ledger is kept: sqlite, postgresql (a server is started), or the postgresql:// address of"
            " a server whose user may make databases.",
            metavar="sqlite|postgresql|URL",
        ),
    ] = "sqlite",
    transport: Annotated[TransportKind, typer.Option(help="How its mail leaves.")] = TransportKind.gmail,
    forms_api: Annotated[
        bool, typer.Option("--forms-api", help="Answers are read from Google Forms, not from its sheets.")
    ] = False,
    whole: Annotated[
        bool, typer.Option("--whole", help="Every harm in every chapter too, with all ledgers and transports (hours).")
    ] = False,
) -> None:
    """Play the story in a storm: workers killed, replies lost, staff sorting; say whether everything was done once.

    For developers; needs what `make test` installs. Everything happens on sandboxes of its own.
    """
    from flows.launch import be_quiet

    be_quiet()
    from flows.torture.command import main as run_torture

    raise typer.Exit(run_torture(seed, runs, ledger, str(transport), forms_api=forms_api, whole=whole))


app.command()(preview)
app.command("send-test")(send_test)
app.command("send-letter")(send_letter)
app.command()(digest)


@app.command()
def check() -> None:
    """Say whether the settings and the configuration can be used."""
    settings = usable_settings()
    from tasks.services import check as check_services

    try:
        check_services(settings)
    except SettingsError as error:
        refuse(str(error))
    languages = ", ".join(language.name for language in settings.languages.values())
    where = f"the sandbox at {settings.google_url}" if settings.google_url else "Google"
    Console().print(f"{settings.programme.name}: {languages}; {settings.mode} runs on {where}.", highlight=False)


@app.command()
def demo() -> None:
    """Run the whole story on a sandbox with the sample answers, and show what happened."""
    from flows.demo import main as run_demo

    raise typer.Exit(run_demo())


def main() -> None:
    """Entry of the console script."""
    app()


if __name__ == "__main__":
    main()
