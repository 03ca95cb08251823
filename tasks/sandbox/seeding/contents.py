"""What a new sandbox holds: empty sheets, the sample people, or the staff's own exports."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from config.sandbox import LEDGER_FILE
from tasks.domain.programme import Language, Programme
from tasks.sandbox.failures import SandboxError
from tasks.sandbox.forms.making import make_forms
from tasks.sandbox.seeding.seed import lay_out, seed
from tasks.sandbox.store import STORE_FILE, Store
from tasks.sandbox.world import new_world

SIDE_FILES = ("", "-wal", "-shm", "-journal")


@dataclass(frozen=True)
class Contents:
    """``exports`` are CSV and XLSX files; their people are replaced unless ``keep_personal_data``."""

    samples: bool = False
    exports: tuple[Path, ...] = ()
    keep_personal_data: bool = False


def fill(store: Store, programme: Programme, languages: Mapping[str, Language], contents: Contents) -> list[str]:
    """Fill an empty store; gives a sentence for each exported tab. Raises SandboxError, and then nothing is kept."""
    if not contents.exports:
        seed(store, programme, languages, samples=contents.samples)
        return []
    if not store.is_empty:
        raise SandboxError(f"{store.folder} holds a sandbox already; choose another folder, or --fresh to empty it.")
    from tasks.sandbox.seeding.rehearsal import rehearse

    world = new_world(store, programme, languages)
    with store.transaction():
        lay_out(world, samples=False)
        told = rehearse(world, contents.exports, secrets.SystemRandom(), keep_personal_data=contents.keep_personal_data)
        make_forms(world)
        return told


def throw_away(data: Path) -> None:
    """Remove a sandbox and the ledger that knows it; other files in the folder stay."""
    for name in (STORE_FILE, LEDGER_FILE):
        for side in SIDE_FILES:
            (data / f"{name}{side}").unlink(missing_ok=True)
