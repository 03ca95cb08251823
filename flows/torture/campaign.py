"""The long form: everything that can be done to each chapter, and many storms, with their figures and findings."""

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field
from itertools import product
from multiprocessing import get_context

from rich.console import Console
from rich.table import Table

from flows.torture.harm import harms, try_out
from flows.torture.stage import Scene, Stage, stage
from flows.torture.storm import Storm, storm

DATABASES, TRANSPORTS = ("sqlite", "postgresql"), ("gmail", "smtp")


@dataclass
class Report:
    """What was tried with a ledger and a way of sending mail; ``wrong`` are sentences."""

    database: str
    transport: str
    figures: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def add_storm(self, one: Storm) -> None:
        """Count a storm."""
        self.figures.update(storms=1, kills=one.kills, faults=one.faults, answers=one.answers)
        how = f"colab torture --seed {one.seed} --ledger {self.database} --transport {self.transport}"
        self.wrong += [f"{how}: {line}" for line in one.wrong]


def enumerate_harms(on: Stage, scenes: Sequence[Scene], every: int = 1) -> Iterator[tuple[str, list[str]]]:
    """Try every harm of these scenes, or each so many-th: what it was, and what was wrong then."""
    numbered = ((scene, harm) for scene in scenes for harm in harms(on, scene))
    for number, (scene, harm) in enumerate(numbered):
        if number % every == 0:
            yield f"{scene.chapter.name}, {harm.words}", try_out(on, scene, harm)


def storms(database: str, transport: str, seeds: Iterable[int]) -> Iterator[Storm]:
    """Play one storm after the other on one stage. Raises NoServer."""
    with stage(database, transport) as on:
        for seed in seeds:
            yield storm(on, seed)


def campaign(count: int, first_seed: int, console: Console) -> bool:
    """Everything: all four combinations side by side; answers whether nothing was wrong. Raises NoServer."""
    places = list(product(DATABASES, TRANSPORTS))
    reports: list[Report] = []
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as pool:
        shares = [range(first_seed + number, first_seed + count, len(places)) for number in range(len(places))]
        started = [pool.submit(_everything, *place, share) for place, share in zip(places, shares, strict=True)]
        for done in as_completed(started):
            reports.append(done.result())
            for line in reports[-1].wrong:
                console.print(line, style="red", highlight=False, markup=False)
    console.print(_table(reports))
    return not any(report.wrong for report in reports)


def _everything(database: str, transport: str, seeds: range) -> Report:
    report = Report(database, transport)
    with stage(database, transport) as on:
        for what, wrong in enumerate_harms(on, on.scenes):
            report.figures["harms"] += 1
            report.wrong += [f"{database}, {transport}: {what}: {line}" for line in wrong]
        for seed in seeds:
            report.add_storm(storm(on, seed))
    return report


def _table(reports: list[Report]) -> Table:
    table = Table(title="Torture", title_justify="left")
    names = ("harms", "storms", "kills", "faults", "answers")
    for header in (
        "Ledger",
        "Mail",
        "Harms, one by one",
        "Storms",
        "kills in them",
        "faults",
        "answers of staff",
        "Wrong",
    ):
        table.add_column(header)
    for one in sorted(reports, key=lambda report: (report.database, report.transport)):
        table.add_row(one.database, one.transport, *(str(one.figures[name]) for name in names), str(len(one.wrong)))
    return table
