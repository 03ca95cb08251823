"""After an outage a scheduler starts every missed run at once; those that are long overdue end at once."""

import asyncio
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from prefect.client.schemas.objects import FlowRun
from prefect.context import FlowRunContext

from config.settings import Settings
from flows.all_flows import FLOWS
from tasks.chapter import missed_turn

CADENCE = Settings(_env_file=None).programme.cadence
SCHEDULED = sorted(type(CADENCE).model_fields)


def a_turn(flow, intervals, *, auto_scheduled=True):
    """The run that a flow is in, which was due some intervals ago."""
    due = datetime.now(UTC) - timedelta(minutes=intervals * getattr(CADENCE, flow))
    run = FlowRun(flow_id=uuid4(), auto_scheduled=auto_scheduled, expected_start_time=due)
    return FlowRunContext.model_construct(flow_run=run)


@pytest.mark.parametrize("flow", SCHEDULED)
def test_a_run_more_than_two_intervals_late_ends_at_once_and_says_so(flow):
    with a_turn(flow, 2.5):
        state = asyncio.run(FLOWS[flow].fn(live=True))

    assert state.type == "CANCELLED"
    assert state.message.endswith(" minutes late: left to the turns that come after it")


@pytest.mark.parametrize("flow", SCHEDULED)
def test_a_run_that_is_a_little_late_is_not_sent_away(flow):
    with a_turn(flow, 1.5):
        assert missed_turn(flow) is None


def test_a_run_that_a_person_asked_for_is_never_too_late():
    with a_turn("intake", 100, auto_scheduled=False):
        assert missed_turn("intake") is None


def test_a_run_without_prefect_has_no_turn():
    assert missed_turn("intake") is None
