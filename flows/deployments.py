"""The deployments that `colab serve` offers: each flow on its schedule, one run of it at a time, and by hand."""

import asyncio
import signal
import threading
from datetime import UTC, datetime, timedelta
from typing import Any

from prefect import Flow
from prefect.automations import Automation
from prefect.client.orchestration import PrefectClient, get_client
from prefect.client.schemas.filters import (
    FlowRunFilter,
    FlowRunFilterExpectedStartTime,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy, FlowRun, StateType
from prefect.deployments.runner import RunnerDeployment
from prefect.events.actions import ChangeFlowRunState
from prefect.events.schemas.automations import EventTrigger, Posture
from prefect.events.schemas.events import ResourceSpecification
from prefect.runner import Runner
from prefect.schedules import Cron
from prefect.states import Crashed
from prefect.types.entrypoint import EntrypointType

from config.settings import Settings
from flows.digest import digest
from flows.incoming import incoming
from flows.intake import intake
from flows.invitations import invitations, resend_invites
from flows.letters import send_letter
from flows.recordings import recordings
from flows.reminders import reminders
from flows.scheduling import scheduling

NAME = "colab"
AT_ONCE = 3
SILENT_FOR = timedelta(seconds=90)
PATIENCE = 60.0
SKIPS, WAITS = ConcurrencyLimitStrategy.CANCEL_NEW, ConcurrencyLimitStrategy.ENQUEUE
UNFINISHED = [StateType.RUNNING, StateType.PENDING, StateType.CANCELLING]


async def all_deployments(settings: Settings) -> list[RunnerDeployment]:
    """One deployment a flow, called ``<flow>/colab``; those on the timetable skip a turn while a run is at work."""
    live = settings.mode != "rehearsal"
    cadence, weekly = settings.programme.cadence, settings.programme.digest
    timetable = {
        intake: cadence.intake,
        scheduling: cadence.scheduling,
        invitations: cadence.invitations,
        reminders: cadence.reminders,
        incoming: cadence.incoming,
        recordings: cadence.recordings,
    }
    day_and_hour = Cron(f"0 {weekly.hour} * * {weekly.weekday[:3]}", timezone=weekly.zone)
    return [
        *[
            await _deployed(flow, SKIPS, live=live, interval=timedelta(minutes=minutes))
            for flow, minutes in timetable.items()
        ],
        await _deployed(digest, SKIPS, live=live, schedule=day_and_hour if weekly.addresses else None),
        *[await _deployed(flow, WAITS, live=live) for flow in (resend_invites, send_letter)],
    ]


async def _deployed(
    flow: Flow[..., Any],
    while_at_work: ConcurrencyLimitStrategy,
    *,
    live: bool,
    **when: Any,  # noqa: ANN401 (as Prefect has it)
) -> RunnerDeployment:
    return await flow.ato_deployment(
        NAME,
        concurrency_limit=ConcurrencyLimitConfig(limit=1, collision_strategy=while_at_work),
        parameters={"live": live},
        entrypoint_type=EntrypointType.MODULE_PATH,
        **when,
    )


def serve_all(settings: Settings, *, own_server: bool) -> None:
    """Serve until SIGTERM or Ctrl-C, then let the runs at work finish."""
    _keep_ctrl_c_from_runs()
    asyncio.run(_serve(settings, own_server=own_server))


def _keep_ctrl_c_from_runs() -> None:
    """A terminal sends SIGINT to the whole family; runs inherit this thread's mask and finish their work in peace.

    The signal still reaches this process, through a thread that does not block it.
    """
    threading.Thread(target=threading.Event().wait, daemon=True).start()
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})


async def _serve(settings: Settings, *, own_server: bool) -> None:
    await _ensure_zombie_rule()
    async with get_client() as client:
        if own_server:
            await _tidy_up_after_a_dead_process(client)
        runner = Runner(name=NAME, limit=AT_ONCE, pause_on_shutdown=False)
        identities = [await runner.aadd_deployment(deployment) for deployment in await all_deployments(settings)]
        serving = asyncio.create_task(runner.start())
        while not runner.started and not serving.done():  # noqa: ASYNC110 (the runner has no event to wait for)
            await asyncio.sleep(0.05)
        stop = asyncio.Event()
        for number in (signal.SIGTERM, signal.SIGINT):  # after the start: the runner sets a handler of its own
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
        stopping = asyncio.create_task(stop.wait())
        await asyncio.wait({stopping, serving}, return_when=asyncio.FIRST_COMPLETED)
        if serving.done():
            serving.result()
            return
        for identity in identities:
            await client.pause_deployment(identity)
        await _let_runs_finish(client)
        await runner.astop()
        await serving


async def _let_runs_finish(client: PrefectClient) -> None:
    deadline = asyncio.get_running_loop().time() + PATIENCE
    while await _unfinished(client) and asyncio.get_running_loop().time() < deadline:  # noqa: ASYNC110 (an API)
        await asyncio.sleep(0.5)


async def _tidy_up_after_a_dead_process(client: PrefectClient) -> None:
    """Nobody else runs flows of this server: what still runs was killed, and missed turns need not be caught up.

    Runs that a person asked for are kept: they start now.
    """
    for run in await _unfinished(client):
        await client.set_flow_run_state(run.id, Crashed(message="the process that ran it is gone"), force=True)
    missed = FlowRunFilter(
        state=FlowRunFilterState(type=FlowRunFilterStateType(any_=[StateType.SCHEDULED])),
        expected_start_time=FlowRunFilterExpectedStartTime(before_=datetime.now(UTC)),
    )
    for run in await client.read_flow_runs(flow_run_filter=missed):
        if run.auto_scheduled:
            await client.delete_flow_run(run.id)


async def _unfinished(client: PrefectClient) -> list[FlowRun]:
    states = FlowRunFilterState(type=FlowRunFilterStateType(any_=UNFINISHED))
    return list(await client.read_flow_runs(flow_run_filter=FlowRunFilter(state=states)))


async def _ensure_zombie_rule() -> None:
    """A run without a heartbeat is marked as crashed, which frees its turn (for servers that outlive us)."""
    name = "crash runs without a heartbeat"
    try:
        await Automation.aread(name=name)
    except ValueError:
        await Automation(
            name=name,
            trigger=EventTrigger(
                after={"prefect.flow-run.heartbeat"},
                expect={"prefect.flow-run.*"},
                match=ResourceSpecification({"prefect.resource.id": ["prefect.flow-run.*"]}),
                for_each={"prefect.resource.id"},
                posture=Posture.Proactive,
                threshold=1,
                within=SILENT_FOR,
            ),
            actions=[ChangeFlowRunState(state=StateType.CRASHED, message="no heartbeat")],
        ).acreate()
