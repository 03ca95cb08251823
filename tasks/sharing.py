"""Presenters see their recording first, where staff tick it: a permission in Drive, of which Google mails nobody."""

from collections.abc import Collection, Mapping, Sequence
from functools import partial

from tasks.carry_out import Deed, carry_out
from tasks.chapter import Run
from tasks.domain.addresses import person
from tasks.domain.effects import EffectKind, EffectState
from tasks.domain.faults import Fault, Rejected, TryLater
from tasks.domain.reviews import Reviews
from tasks.domain.sharing import Viewer, parts_of, to_be_let_in
from tasks.steps import step


def hear_ticks(run: Run, reviews: Reviews, viewers: Sequence[Viewer]) -> set[str]:
    """Promise what the boxes ask for that were ticked since the last run; answers those wishes."""
    memory = run.services.ledger.asked_for
    asked = memory.asked()
    heard = [review for review in reviews.known if review.wish in reviews.ticked and review.wish not in asked]
    if run.live:
        for review in heard:
            promised = [one.permission for one in viewers if one.review == review]
            memory.promise(promised, run.now, review.wish)
        if over := reviews.empty & asked:
            memory.unticked(over)
    return {review.wish for review in heard}


async def let_in(run: Run, viewers: Sequence[Viewer], heard: Collection[str]) -> list[Viewer]:
    """Let those see their recording to whom it was promised; answers who they are. ``heard`` are wishes of this run."""
    due = to_be_let_in(viewers, run.services.ledger.effects(EffectKind.permission), heard)
    listed = [one for one in due if run.reaches(one.guest.person)]
    if unlisted := len(due) - len(listed):
        run.outcome.held.append(f"{unlisted} recordings to be seen by people who are not on the list")
    seen: dict[str, Mapping[str, str]] = {}
    stopped = await carry_out(run, [Deed(one.permission, one.words, partial(_act, run, one, seen)) for one in listed])
    if stopped and stopped.untried:
        run.outcome.held.append(f"{stopped.untried} recordings to be seen wait for the next run")
    return listed


async def _act(run: Run, viewer: Viewer, seen: dict[str, Mapping[str, str]]) -> Mapping[str, str]:
    """Who may see the file already is as well let in. ``seen`` are the readers of files that were looked at."""
    file_id = viewer.review.file_id
    if file_id not in seen:
        seen[file_id] = await find_readers(run, viewer.ref, file_id)
    if found := seen[file_id].get(viewer.guest.person_id):
        return {"provider_id": found}
    return {"provider_id": await let_read(run, viewer.ref, viewer)}


@step("let a presenter of {ref} see the recording")
async def let_read(run: Run, ref: str, viewer: Viewer) -> str:  # noqa: ARG001 (in the step's name)
    """The permission's id. Raises Fault."""
    return run.services.file_access.let_read(viewer.review.file_id, viewer.guest.person.address)


@step("look who may see the recording of {ref}")
async def find_readers(run: Run, ref: str, file_id: str) -> Mapping[str, str]:  # noqa: ARG001 (in the step's name)
    """The permission's id of each person (a keyed hash) who may see the file. Raises Fault."""
    identify = run.services.ledger.identify
    found = run.services.file_access.readers(file_id)
    return {identify(one.address_key): found[address] for address in found if (one := person("", address))}


async def look_up_open_permissions(run: Run) -> None:
    """Find out what became of permissions whose run ended before they were settled."""
    if not run.live:
        return
    ledger = run.services.ledger
    for key, effect in ledger.abandoned(EffectKind.permission).items():
        settle, (file_id, person_id) = partial(ledger.settle, key, effect.state), parts_of(key)
        try:
            readers = await find_readers(run, effect.ref, file_id)
        except Rejected as refusal:
            settle(EffectState.failed, run.now, detail=refusal.reason)
        except Fault as fault:
            run.outcome.failed.append(f"{effect.ref}: {fault.reason}")
            if isinstance(fault, TryLater):
                break
        else:
            if found := readers.get(person_id):
                settle(EffectState.sent, run.now, provider_id=found)
                run.outcome.done.append(f"{effect.ref}: a permission of an earlier run was found")
            else:
                settle(EffectState.ready, run.now)
