"""A loaded encoder as a file that the next process maps into memory: a tenth of the time it takes to load it anew."""

import mmap
import os
import pickle
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

ALIGNED = 64  # bytes; arrays that begin elsewhere would be copied at each use
NUMBER = 8
UNKEPT = (pickle.PicklingError, AttributeError, TypeError, ValueError)
"""What pickle raises for what cannot be kept."""
OF_THIS_PROCESS = {"threadpoolctl"}
"""Modules whose methods hold pointers, here to the libraries whose threads they hold back."""


def own_folder() -> Path:
    """Where programs of this user keep what can be made again."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "colab"


def loaded(path: Path, load: Callable[[], Any]) -> Any:  # noqa: ANN401 (whatever ``load`` makes)
    """What ``load`` makes: from the file if it is there, and else made, and kept there if the folder can be written.

    Whoever can write the file decides what is run here, so a file of another user is never read.
    """
    if path.exists() and _is_ours(path.stat()):
        return _mapped(path)
    made = load()
    with suppress(OSError, *UNKEPT):  # a full disk, no home, or no image: then the next process loads it anew, too
        _keep(made, path)
    return made


def _is_ours(file: os.stat_result) -> bool:
    return file.st_size > 0 and file.st_uid == os.getuid()


def _mapped(path: Path) -> Any:  # noqa: ANN401 (as above)
    with path.open("rb") as file:
        view = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    parts, at = [], 0
    while at < len(view):
        start = at + ALIGNED
        end = start + int.from_bytes(view[at : at + NUMBER], "big")
        parts.append(view[start:end])
        at = end + _padding(end)
    stream, *buffers = parts
    return pickle.loads(stream, buffers=buffers)  # noqa: S301 (our own file, in a folder of the user's)


def _keep(made: object, path: Path) -> None:
    """Write the whole file or none. Its arrays stand in it as they do in memory, each after its length."""
    buffers: list[pickle.PickleBuffer] = []
    stream = BytesIO()
    _Pickler(stream, protocol=5, buffer_callback=buffers.append).dump(made)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, delete=False) as file:
        for part in (stream.getbuffer(), *(buffer.raw() for buffer in buffers)):
            file.write(part.nbytes.to_bytes(NUMBER, "big").ljust(ALIGNED, b"\0"))
            file.write(part)
            file.write(bytes(_padding(part.nbytes)))
        file.flush()
        os.fsync(file.fileno())
    Path(file.name).replace(path)


class _Pickler(pickle.Pickler):
    """Leaves out what some libraries, where they are installed, hang on a model: pointers into this very process."""

    def reducer_override(self, thing: Any) -> Any:  # noqa: ANN401 (whatever there is in what is kept)
        """None in its place; the encoder goes on without."""
        if type(getattr(thing, "__self__", None)).__module__ in OF_THIS_PROCESS:
            return type(None), ()
        return NotImplemented


def _padding(length: int) -> int:
    return -length % ALIGNED
