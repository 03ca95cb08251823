"""Launches one flow from the command line, reports what it did, and ends with the exit code that says so."""

import asyncio
import json
import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any, NoReturn

import typer
from rich.console import Console

from config.settings import Settings, SettingsError, load_settings
from tasks.domain.outcome import Outcome

WELL, FAILED, UNUSABLE = 0, 1, 2
RATHER_QUIET = {"PREFECT_LOGGING_LEVEL": "WARNING", "DO_NOT_TRACK": "1", "PREFECT_SERVER_ANALYTICS_ENABLED": "false"}


def launch(flow: str, parameters: Mapping[str, object], *, as_json: bool, only_to: Sequence[str] = ()) -> NoReturn:
    """Run the flow, print its outcome, and exit. ``only_to`` are addresses, which become the flow's ``people``."""
    be_quiet()
    settings = usable_settings()
    from tasks.services import clock, open_services, using

    try:
        with open_services(settings) as made, using(made):
            clock(settings)  # also where --now is given: nobody can work with a sandbox that does not answer
            secret = made.ledger.secret()
            whom = {"people": [_person(address, secret) for address in only_to]} if only_to else {}
            outcome = _outcome(flow, {**parameters, **whom})
    except SettingsError as error:
        refuse(str(error))
    if as_json:
        sys.stdout.write(json.dumps(outcome.as_json(settings.words), ensure_ascii=False) + "\n")
    else:
        from flows.report import print_outcome

        print_outcome(outcome, settings.words, Console())
    raise typer.Exit(FAILED if outcome.red else WELL)


def be_quiet() -> None:
    """Let Prefect say little and call nobody, before it is imported."""
    for name, value in RATHER_QUIET.items():
        os.environ.setdefault(name, value)


def usable_settings() -> Settings:
    """The settings and the programme, or exit 2 with a sentence."""
    try:
        settings = load_settings()
        _ = settings.programme, settings.languages, settings.words, settings.rules
    except SettingsError as error:
        refuse(str(error))
    return settings


def refuse(sentence: str) -> NoReturn:
    """Exit 2: these settings or arguments are unusable."""
    _exit(sentence, UNUSABLE)


def fail(sentence: str) -> NoReturn:
    """Exit 1: what was asked for cannot be had."""
    _exit(sentence, FAILED)


def _exit(sentence: str, code: int) -> NoReturn:
    Console(stderr=True).print(sentence, style="red", highlight=False, soft_wrap=True, markup=False)
    raise typer.Exit(code)


def _outcome(flow: str, parameters: Mapping[str, object]) -> Outcome:
    """Prefect is imported here at the earliest: whoever is refused does not wait for it."""
    from tasks.chapter import collecting
    from tasks.ledger.stops import LedgerStops

    with collecting() as outcomes, suppress(LedgerStops):
        asyncio.run(_call(flow, parameters))
    return outcomes[0]


async def _call(name: str, parameters: Mapping[str, object]) -> None:
    """Through Prefect where a server records runs, else the plain function: nothing is started for one run."""
    from prefect.exceptions import FailedRun

    from flows.all_flows import FLOWS

    flow: Any = FLOWS[name]
    if not os.environ.get("PREFECT_API_URL"):
        await flow.fn(**parameters)
        return
    state = await flow(**parameters, return_state=True)
    error = await state.aresult(raise_on_failure=False)
    if isinstance(error, Exception) and not isinstance(error, FailedRun):  # a red run is told by its outcome
        raise error


def _person(address: str, secret: bytes) -> str:
    """The keyed hash for an address typed at the command line, so that no address becomes a parameter."""
    from tasks.domain.addresses import person
    from tasks.domain.keys import person_id

    if not (found := person("", address)):
        refuse("--to is not an e-mail address")
    return person_id(found.address_key, secret)
