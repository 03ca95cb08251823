"""Where the story is played: a sandbox, a ledger and a mail server, set back to the beginning of a chapter."""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from config.settings import ROOT, Settings
from flows.torture.ledgers import Ledgers, ledgers
from flows.torture.place import Place
from flows.torture.post_office import Post, post_office
from flows.torture.record import Record, record
from flows.torture.story import STORY, Chapter
from tasks.ledger.database import public_name
from tasks.sandbox.server import running

QUIET_MINUTES = 45
"""Longer than all quiet runs of a chapter."""


@dataclass(frozen=True)
class Scene:
    """The beginning of a chapter, kept to be played again, and what stands at its end if nothing goes wrong."""

    chapter: Chapter
    folder: Path
    ledger_url: str
    mails: tuple[tuple[str, bytes], ...]
    parameters: Mapping[str, str]
    ends: Record


@dataclass(frozen=True)
class Setting:
    """A ledger in ``sqlite``, ``postgresql`` or at an address, mail by ``gmail`` or ``smtp``, and who tells answers."""

    database: str
    transport: str
    forms_api: bool = False

    @property
    def ledger(self) -> str:
        """The kind or the address, without the password."""
        return public_name(self.database) if "://" in self.database else self.database

    @property
    def words(self) -> str:
        """As people read it."""
        return f"{self.ledger}, {self.transport}{', Forms API' if self.forms_api else ''}"

    @property
    def options(self) -> str:
        """As the command line has it."""
        asked = " --forms-api" if self.forms_api else ""
        return f"--ledger {self.ledger} --transport {self.transport}{asked}"


class Stage:
    """Plays chapters, from their beginnings, as often as one likes."""

    def __init__(self, folder: Path, kept: Ledgers, post: Post, setting: Setting) -> None:
        self._folder, self._post, self._ledgers = folder, post, kept
        self._given = _mail_settings(setting.transport, post)
        self._given["config"] = _configuration(folder / "config", forms_api=setting.forms_api)
        self._numbers = count(1)
        self.scenes = list(self._play())

    @contextmanager
    def opened(self, scene: Scene) -> Iterator[Place]:
        """A place at the beginning of a scene."""
        with self._new_folder() as folder:
            shutil.copytree(scene.folder / "sandbox", folder / "sandbox")
            self._post.mails[:] = scene.mails
            self._post.expect()
            url = self._ledgers.copy(scene.ledger_url, folder)
            try:
                with self._placed(folder, url) as place:
                    yield place
            finally:
                self._ledgers.drop(url)

    def _play(self) -> Iterator[Scene]:
        """Play the story once without harm, and keep the beginning of each chapter."""
        with self._new_folder() as folder, self._placed(folder, self._ledgers.new(folder)) as place:
            for number, chapter in enumerate(STORY):
                place.people.set_clock(chapter.now)
                chapter.people(place.people)
                kept = self._folder / f"scene-{number}"
                kept.mkdir()
                place.people.ask("POST", "/control/copy", {"to": str(kept / "sandbox")})
                place.rest()
                url = self._ledgers.copy(place.settings.ledger_url, kept)
                mails, parameters = tuple(self._post.mails), chapter.parameters(place.people)
                place.run(chapter.flow, chapter.now, parameters)
                if wrong := place.run_until_quiet(chapter.flow, chapter.now, parameters):
                    raise AssertionError(f"{chapter.name}, without any harm: {wrong}")
                yield Scene(chapter, kept, url, mails, parameters, record(place.people, self._post))

    @contextmanager
    def _new_folder(self) -> Iterator[Path]:
        folder = self._folder / f"trial-{next(self._numbers)}"
        folder.mkdir()
        yield folder
        shutil.rmtree(folder)

    @contextmanager
    def _placed(self, folder: Path, ledger_url: str) -> Iterator[Place]:
        base = Settings(_env_file=None)
        with running(folder / "sandbox", base.programme, base.languages, base.templates) as announced:
            given = {"google_url": announced["base_url"], "ledger_url": ledger_url, "google_patience_seconds": 0}
            place = Place({**given, **self._given}, self._post)
            with closing(place):
                yield place


def _mail_settings(transport: str, post: Post) -> dict[str, Any]:
    if transport == "gmail":
        return {"mail_transport": "gmail"}
    server = {"smtp_host": "127.0.0.1", "smtp_port": post.port, "smtp_security": "none"}
    return {"mail_transport": "smtp", **server}


def _configuration(folder: Path, *, forms_api: bool) -> Path:
    """A copy in which recordings can be shared, a change waits for a chapter, and answers may be read from Forms."""
    shutil.copytree(ROOT / "config", folder, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    programme = folder / "programme.toml"
    text = programme.read_text(encoding="utf-8")
    text = text.replace("quiet_minutes = 15 ", f"quiet_minutes = {QUIET_MINUTES} ")
    for line in ('optional = ["share_for_review"]', 'share_for_review = "'):
        text = text.replace(f"# {line}", line)
    if forms_api:
        text = text.replace("= { spreadsheet =", "= { forms_api = true, spreadsheet =")
    programme.write_text(text, encoding="utf-8")
    return folder


@contextmanager
def stage(setting: Setting) -> Iterator[Stage]:
    """A stage with all that a setting names. Raises NoServer."""
    with TemporaryDirectory(prefix="colab-torture-") as name, ledgers(setting.database) as kept, post_office() as post:
        yield Stage(Path(name), kept, post, setting)
