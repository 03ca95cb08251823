"""What of a ledger in a file is on disk, and so outlives a power cut; for tests that take the power away."""

import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Disk:
    """A folder with a copy of a ledger as the last commit left it that was on disk before it returned."""

    url: str
    folder: Path

    def keep(self) -> None:
        """Everything that is in the file now is on disk."""
        for file in self._files():
            shutil.copy(file, self.folder)

    def power_cut(self) -> None:
        """Nothing else is left, and the machine has started again."""
        for file in self._files():
            file.unlink()
        for file in self.folder.iterdir():
            shutil.copy(file, self._path.parent)
        with closing(sqlite3.connect(self._path)) as ledger:
            ledger.execute("UPDATE effect SET boot = 'before the power cut' WHERE boot <> ''")
            ledger.commit()

    @property
    def _path(self) -> Path:
        return Path(self.url.removeprefix("sqlite:///"))

    def _files(self) -> list[Path]:
        """Without the index of the log, which every process makes anew."""
        names = (self._path.name, f"{self._path.name}-wal")
        return [file for name in names if (file := self._path.with_name(name)).exists()]
