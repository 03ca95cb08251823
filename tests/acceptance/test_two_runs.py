"""Two runs at once on one ledger: a live one is alone, a rehearsal disturbs nobody."""

import asyncio
from dataclasses import replace

import pytest

from tasks.chapter import chapter, collecting
from tasks.ledger.lease import LedgerBusy
from tasks.ledger.ledger import Ledger
from tasks.services import open_services, using
from tests.acceptance.people import FEBRUARY

BUSY = "scheduling is at work on this ledger since "


def test_a_run_that_finds_another_at_work_says_so_and_does_nothing(office):
    async def work():
        async with chapter("intake", now=FEBRUARY, live=True):
            pytest.fail("two runs at once")

    impatient = Ledger(office.settings.ledger_url, patience=0)
    with (
        open_services(office.settings) as made,
        collecting() as outcomes,
        made.ledger.lease.held("scheduling"),
        using(replace(made, ledger=impatient)),
        pytest.raises(LedgerBusy, match=BUSY),
    ):
        asyncio.run(work())
    impatient.close()

    [outcome] = outcomes
    assert [line.startswith(BUSY) for line in outcome.failed] == [True]
    assert (outcome.done, outcome.requests) == ([], {})


def test_a_rehearsal_does_not_wait_for_a_live_run(office):
    with open_services(office.settings) as made, made.ledger.lease.held("scheduling"):
        outcome = office.run("intake", live=False)

    assert outcome.failed == []
