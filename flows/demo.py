"""`make demo`: the whole story, live, on a sandbox with the sample answers."""

import asyncio
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import requests
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from config.settings import ROOT, Settings
from flows.demo_staff import Staff
from flows.report import print_outcome, requests_in_words
from tasks.domain.outcome import Outcome

FOLDER = ROOT / ".demo"
PORT = 8765
ARRIVED = datetime(2024, 2, 16, 8, 0, tzinfo=UTC)
DAYS_AFTER = tuple(ARRIVED + timedelta(days=days, hours=1) for days in (1, 2))
CONFIRMED = datetime(2024, 3, 4, 14, 30, tzinfo=UTC)  # by day from Mexico to Lebanon
REMINDED = datetime(2024, 5, 13, 7, 0, tzinfo=UTC)
HELD = datetime(2024, 5, 16, 12, 0, tzinfo=UTC)
FILED = datetime(2024, 5, 17, 6, 0, tzinfo=UTC)
CHOSEN = "Working with fathers in Lebanon: what we got wrong in the first two years"

Flow = Callable[..., Coroutine[Any, Any, object]]


def main() -> int:
    """Run the story; answers the exit code. At a terminal the sandbox stays open until Ctrl-C."""
    console = Console()
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(mode=0o700)
    with _sandbox() as announcement:
        url = announcement["base_url"]
        os.environ["COLAB_GOOGLE_URL"] = url
        console.print(f"[bold]The sandbox stands in for Google:[/bold] {url}\n", highlight=False)
        begun = time.monotonic()
        well = asyncio.run(_tell(console, announcement))
        mails = requests.get(f"{url}/control/mailbox", timeout=10).json()
        console.print(f"\n{len(mails)} mails went out. The story took {time.monotonic() - begun:.1f} s.", style="bold")
        _where_to_look(console, announcement)
        if sys.stdin.isatty() and sys.stdout.isatty():
            _stay_open(console)
    return 0 if well else 1


async def _tell(console: Console, announcement: dict[str, Any]) -> bool:
    from flows.intake import intake
    from flows.invitations import invitations, resend_invites
    from flows.recordings import recordings
    from flows.scheduling import scheduling
    from tasks.chapter import collecting
    from tasks.services import open_services, using

    settings = Settings(google_url=announcement["base_url"], ledger_url="", mail_transport="gmail")
    staff = Staff(settings)
    with open_services(settings) as services, using(services), collecting() as outcomes:

        async def chapter(title: str, flow: Any, now: datetime, **parameters: Any) -> Outcome:  # noqa: ANN401
            console.rule(f"[bold]{title}", align="left")
            staff.set_clock(now)
            await flow.fn(**parameters, now=now, live=True)
            outcome = outcomes[-1]
            first_time = outcome.flow not in {earlier.flow for earlier in outcomes[:-1]}
            print_outcome(outcome, settings.words, console, problems=first_time)
            return outcome

        await chapter("1 · Answers in three languages are registered and acknowledged", intake, ARRIVED)
        for day in DAYS_AFTER:
            await chapter(f"1 · Who sent several proposals is told of one a day: {day:%d %B}", intake, day)
        ref = staff.accept(CHOSEN)
        _staff_say(console, f"Decision = Accepted for {ref}")
        await chapter("2 · An accepted submission gets a prefilled row in Sessions", scheduling, ARRIVED)
        staff.confirm(ref, date="2024-05-16", start_time="15:00", time_zone="Asia/Beirut", minutes=90)
        _staff_say(console, f"{ref}: 16 May 2024, 15:00 in Beirut, 90 minutes, Status = Confirmed")
        await chapter("3 · A confirmed session stands in the calendar, with a meeting link", scheduling, CONFIRMED)
        await chapter("4 · Everybody is invited once, in their own language", invitations, CONFIRMED)
        person = staff.person_id(ref, services.ledger.secret())
        _staff_say(console, "resend-invites by hand, to one presenter who cannot find the mail")
        await chapter("5 · One invitation again, by hand", resend_invites, REMINDED, session=ref, people=[person])
        staff.record(ref, HELD, minutes=88)
        _staff_say(console, "the session was held, and Meet has made a recording")
        await chapter("6 · The recording goes into the archive sheet", recordings, FILED)
        before = len(outcomes)
        for flow in (intake, scheduling, invitations, recordings):
            await chapter(f"7 · Again: {flow.name}", flow, FILED + timedelta(minutes=5))
        quiet = not any(outcome.done for outcome in outcomes[before:])
        _summary(console, outcomes)
    console.print(f"The second round did {'nothing' if quiet else 'SOMETHING'}.")
    return quiet and not any(outcome.red for outcome in outcomes)


def _staff_say(console: Console, words: str) -> None:
    console.print(f"\n[magenta]People:[/magenta] {escape(words)}\n", highlight=False)


def _summary(console: Console, outcomes: list[Outcome]) -> None:
    table = Table(title="\nWhat happened", title_justify="left")
    for header in ("Flow", "Read", "Done", "Skipped", "Held", "Failed", "Need attention", "Requests"):
        table.add_column(header)
    for outcome in outcomes:
        counts = (
            sum(outcome.read.values()),
            len(outcome.done),
            outcome.skipped.total(),
            len(outcome.held),
            len(outcome.failed),
            len(outcome.problems),
        )
        table.add_row(outcome.flow, *map(str, counts), requests_in_words(outcome))
    console.print(table)


def _where_to_look(console: Console, announcement: dict[str, Any]) -> None:
    url = announcement["base_url"]
    console.print("\n[bold]Where to look[/bold]")
    for name, identity in announcement["spreadsheets"].items():
        console.print(f"  {name:<14} {url}/sheets/{identity}", highlight=False)
    for name in ("mail", "calendar", "recordings", "log"):
        console.print(f"  {name:<14} {url}/{name}", highlight=False)
    console.print(
        f"  or type something into a sheet, then: COLAB_GOOGLE_URL={url} .venv/bin/colab run intake", highlight=False
    )


def _stay_open(console: Console) -> None:
    console.print("\nThe sandbox stays open for looking around. Ctrl-C ends it.", style="bold")
    try:
        while True:
            time.sleep(3600)
    except KeyboardInterrupt:
        console.print()


@contextmanager
def _sandbox() -> Iterator[dict[str, Any]]:
    command = [sys.executable, "-m", "flows.cli", "sandbox", "--data", str(FOLDER / "sandbox"), "--samples"]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COLAB_")}
    with subprocess.Popen(  # noqa: S603 (our own command)
        [*command, "--port", str(_port())], stdout=subprocess.PIPE, env=environment
    ) as process:
        try:
            line = process.stdout.readline() if process.stdout else b""
            if not line:
                raise SystemExit("The sandbox did not start.")
            yield json.loads(line)
        finally:
            process.terminate()


def _port() -> int:
    """The usual port when it is free, so that addresses can be kept; otherwise any."""
    try:
        requests.get(f"http://127.0.0.1:{PORT}/", timeout=1)
    except requests.RequestException:
        return PORT
    return 0
