"""Mails leave window by window: claimed together, then composed, handed over and settled one by one in their order."""

import time
from collections.abc import Mapping, Sequence
from functools import cache, partial

from tasks.carry_out import Deed, Failures, Stopped, settled
from tasks.chapter import Run
from tasks.domain.effects import Effect
from tasks.domain.pace import ONE_BY_ONE
from tasks.gate import Gate, Letter
from tasks.ledger.windows import Windows
from tasks.mail import provider, send_claimed


async def send_all(run: Run, gate: Gate, letters: Sequence[Letter]) -> Stopped | None:
    """Send in this order what is still to be sent; in a rehearsal only say it. Answers why the rest was not tried.

    What was claimed with the one that stops the others, and not tried, is ready again.
    """
    if not run.live:
        run.outcome.done += [letter.words for letter in letters]
        return None
    if not letters:
        return None
    services, failures = run.services, Failures(run)
    pace = services.pace if services.mail.notes_may_be_lost else ONE_BY_ONE
    rest, size = list(letters), pace.first
    with services.ledger.windows() as windows:
        while rest:
            window, rest = rest[:size], rest[size:]
            persons = {letter.key: gate.person(letter) for letter in window}
            claimed = windows.claim(list(persons), run.now, provider(run), persons)
            begun = time.monotonic()
            for number, letter in enumerate(window, start=1):
                if letter.key not in claimed:
                    run.outcome.skipped["claimed or settled before"] += 1
                    continue
                fault = await settled(run, _deed(run, gate, windows, letter, claimed[letter.key]), windows.settle)
                if failures.stop_after(fault):
                    windows.give_back([untried.key for untried in window[number:] if untried.key in claimed])
                    return Stopped(fault, len(window) - number + len(rest))
            size = pace.following(len(window), time.monotonic() - begun)
    return None


def _deed(run: Run, gate: Gate, windows: Windows, letter: Letter, effect: Effect) -> Deed:
    mail = cache(partial(gate.written, letter))

    async def act() -> Mapping[str, str]:
        return {"provider_id": await send_claimed(run, mail(), effect, windows.note)}

    async def keep_a_copy() -> None:
        run.services.mail.file(mail())

    return Deed(effect, letter.words, act, noted={"person": gate.person(letter)}, afterwards=keep_a_copy)
