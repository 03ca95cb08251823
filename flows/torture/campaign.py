"""The long form: everything that can be done to each chapter, and many storms, with their figures and findings."""

import os
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field
from functools import partial
from multiprocessing import get_context
from typing import TypeVar

from rich.console import Console
from rich.table import Table

from flows.torture.harm import Harm, harms, try_out
from flows.torture.progress import Progress
from flows.torture.stage import Scene, Setting, Stage, stage
from flows.torture.storm import Storm, storm

Told = TypeVar("Told")


@dataclass
class Report:
    """What was tried in one setting; ``wrong`` are sentences."""

    setting: Setting
    figures: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def add_storm(self, one: Storm) -> list[str]:
        """Count a storm; answers what was wrong with it, and how it is played again."""
        self.figures.update(storms=1, kills=one.kills, faults=one.faults, answers=one.answers)
        found = [f"colab torture --seed {one.seed} {self.setting.options}: {line}" for line in one.wrong]
        self.wrong += found
        return found

    def add_harm(self, what: str, wrong: list[str]) -> list[str]:
        """Count a harm; answers what was wrong with it."""
        self.figures["harms"] += 1
        found = [f"{self.setting.words}: {what}: {line}" for line in wrong]
        self.wrong += found
        return found


def all_harms(on: Stage, scenes: Sequence[Scene], every: int = 1) -> list[tuple[Scene, Harm]]:
    """Every harm of these scenes, or each so many-th."""
    return [(scene, harm) for scene in scenes for harm in harms(on, scene)][::every]


def enumerate_harms(on: Stage, scenes: Sequence[Scene], every: int = 1) -> Iterator[tuple[str, list[str]]]:
    """Try them: what it was, and what was wrong then."""
    for scene, harm in all_harms(on, scenes, every):
        yield f"{scene.chapter.name}, {harm.words}", try_out(on, scene, harm)


def settings_with(server: str) -> list[Setting]:
    """Both ledgers with both ways of mail, and answers that Google Forms itself is asked for."""
    both = [Setting(database, transport) for database in ("sqlite", server) for transport in ("gmail", "smtp")]
    return [*both, Setting("sqlite", "gmail", forms_api=True)]


def campaign(count: int, first_seed: int, server: str, console: Console) -> bool:
    """Everything, settings side by side; answers whether nothing was wrong. Raises NoServer.

    ``server`` is ``postgresql`` for one of our own, or the address of another.
    """
    chosen = settings_with(server)
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as pool:
        shares = [range(first_seed + number, first_seed + count, len(chosen)) for number in range(len(chosen))]
        started = [pool.submit(_everything, *share) for share in zip(chosen, shares, strict=True)]
        reports = [done.result() for done in as_completed(started)]
    console.print(_table(sorted(reports, key=lambda report: report.setting.words)))
    return not any(report.wrong for report in reports)


def _everything(setting: Setting, seeds: range) -> Report:
    report, console = Report(setting), Console(soft_wrap=True)

    def say(line: str) -> None:
        console.print(line, highlight=False, markup=False)

    with stage(setting) as on:
        tried = all_harms(on, on.scenes)
        progress = Progress(f"{setting.words}, harms", len(tried), say)
        for scene, harm in tried:
            wrong: list[str] = to_the_end(partial(try_out, on, scene, harm), list)
            progress.add(report.add_harm(f"{scene.chapter.name}, {harm.words}", wrong))
        progress = Progress(f"{setting.words}, storms", len(seeds), say)
        for seed in seeds:
            progress.add(report.add_storm(to_the_end(partial(storm, on, seed), partial(Storm, seed))))
    return report


def to_the_end(play: Callable[[], Told], told: Callable[[list[str]], Told]) -> Told:
    """What ``play`` answers; an error that nobody expected is told as wrong, and does not end the campaign."""
    try:
        return play()
    except Exception:  # noqa: BLE001 (hours of trials would be lost; it is told as any other finding)
        return told([f"it could not be played to its end:\n{traceback.format_exc()}"])


def _table(reports: list[Report]) -> Table:
    table = Table(title="Torture", title_justify="left")
    names = ("harms", "storms", "kills", "faults", "answers")
    for header in (
        "Ledger, mail",
        "Harms, one by one",
        "Storms",
        "kills in them",
        "faults",
        "answers of staff",
        "Wrong",
    ):
        table.add_column(header)
    for one in reports:
        table.add_row(one.setting.words, *(str(one.figures[name]) for name in names), str(len(one.wrong)))
    return table
