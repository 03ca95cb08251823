"""``colab torture``: plays storms and says in words what happened and what was wrong."""

import os
from typing import TYPE_CHECKING

from rich.console import Console

if TYPE_CHECKING:
    from flows.torture.storm import Storm

WELL, WRONG, IMPOSSIBLE = 0, 1, 2


def main(seed: int, runs: int, database: str, transport: str, *, forms_api: bool, whole: bool) -> int:
    """Play one storm or several, or everything; answers the exit code."""
    console, missing = Console(), Console(stderr=True)
    for name in [name for name in os.environ if name.startswith("COLAB_")]:
        del os.environ[name]  # the worlds of storms are their own
    try:
        from flows.torture.campaign import campaign
        from flows.torture.postgres import NoServer
        from flows.torture.stage import Setting, stage
        from flows.torture.storm import storm
    except ModuleNotFoundError as error:
        missing.print(f"{error}; run `make test` once: it installs what torture needs", style="red", highlight=False)
        return IMPOSSIBLE
    try:
        if whole:
            server = "postgresql" if database == "sqlite" else database
            return WELL if campaign(runs, seed, server, console) else WRONG
        setting = Setting(database, transport, forms_api=forms_api)
        with stage(setting) as on:
            played = [_told(storm(on, one), setting.words, console) for one in range(seed, seed + runs)]
    except NoServer as error:
        missing.print(str(error), style="red", highlight=False)
        return IMPOSSIBLE
    return WELL if all(played) else WRONG


def _told(storm: "Storm", where: str, console: Console) -> bool:
    """Whether a storm did no harm, once it is told."""
    console.print(f"Storm {storm.seed}, {where}", style="bold", highlight=False)
    for line in storm.happened:
        console.print(f"  {line}", highlight=False, markup=False)
    for line in storm.wrong:
        console.print(f"  wrong: {line}", style="red", highlight=False, markup=False)
    if not storm.wrong:
        console.print(f"  nothing lost, nothing repeated, nothing stuck; staff were asked {storm.answers} times")
    return not storm.wrong
