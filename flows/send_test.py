"""Sends test mails; no flow of Prefect's, for an address must not stand among its parameters."""

import asyncio
from collections.abc import Collection, Sequence
from contextlib import suppress

from rich.console import Console

from config.settings import Settings, SettingsError
from flows.launch import FAILED, WELL, refuse
from flows.report import print_outcome
from tasks.chapter import chapter, collecting
from tasks.domain.addresses import person
from tasks.domain.mail_identity import MailKind
from tasks.domain.models import Person
from tasks.ledger.stops import LedgerStops
from tasks.services import open_services, using
from tasks.trial_mails import send_tests


def main(settings: Settings, address: str, kinds: Sequence[MailKind], languages: Collection[str], *, live: bool) -> int:
    """Send them and print what was done; answers the exit code."""
    if not (to := person("", address)):
        refuse("this is not an e-mail address")
    try:
        with open_services(settings) as made, using(made), collecting() as outcomes, suppress(LedgerStops):
            asyncio.run(_run(to, kinds, languages, live=live))
    except SettingsError as error:
        refuse(str(error))
    print_outcome(outcomes[0], settings.words, Console())
    return FAILED if outcomes[0].red else WELL


async def _run(to: Person, kinds: Sequence[MailKind], languages: Collection[str], *, live: bool) -> None:
    async with chapter("send-test", now=None, live=live) as run:
        await send_tests(run, to, kinds, languages)
