"""Every flow by its name."""

from collections.abc import Mapping
from typing import Any

from prefect import Flow

from flows.digest import digest
from flows.import_members import import_members
from flows.incoming import incoming
from flows.intake import intake
from flows.invitations import invitations, resend_invites
from flows.letters import send_letter
from flows.rebuild_ledger import rebuild_ledger
from flows.recordings import recordings
from flows.reminders import reminders
from flows.scheduling import scheduling

FLOWS: Mapping[str, Flow[..., Any]] = {
    flow.name: flow
    for flow in (
        intake,
        scheduling,
        invitations,
        reminders,
        incoming,
        recordings,
        resend_invites,
        send_letter,
        digest,
        rebuild_ledger,
        import_members,
    )
}
