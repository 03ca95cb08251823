"""Which hours zones keep: by the newer of the machine's own data and the pinned package ``tzdata``.

Governments change clocks at short notice. Python asks the machine first, however old its data are: a server that is not
updated told Casablanca and Vancouver the wrong hour months after the lock file knew better.
"""

import re
import zoneinfo
from collections.abc import Iterable
from pathlib import Path

import tzdata

VERSION = re.compile(r"(20[0-9]{2}[a-z]+)\b")
FILES = ("tzdata.zi", "+VERSION")  # where Linux, and where BSD and macOS keep it


def use_newest_zones() -> None:
    """Make all that asks ``zoneinfo`` from now on use the newer data; the package's where the machine's have no age."""
    if version_of(zoneinfo.TZPATH) < tzdata.IANA_VERSION:
        zoneinfo.reset_tzpath(())
        zoneinfo.ZoneInfo.clear_cache()


def version_of(folders: Iterable[str]) -> str:
    """The age of zone data (``2026f``) in the first of ``folders`` that has any; ``""`` where none says so."""
    for folder in filter(Path.is_dir, map(Path, folders)):
        for path in filter(Path.is_file, (folder / name for name in FILES)):
            with path.open(encoding="ascii", errors="replace") as lines:
                if found := VERSION.search(lines.readline()):
                    return found[1]
        return ""
    return ""
