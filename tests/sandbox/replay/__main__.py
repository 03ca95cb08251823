"""``python -m tests.sandbox.replay`` prints how the sandbox's answers compare with Google's."""

import sys
import tempfile
from pathlib import Path

import requests

from config.settings import ROOT, load_languages, load_programme
from tasks.sandbox.server import running
from tests.sandbox.replay.replaying import Outcome, Replay
from tests.sandbox.replay.report import listing, table


def everything(folder: Path) -> list[Outcome]:
    """All recordings against a new sandbox."""
    programme = load_programme(ROOT / "config")
    languages = load_languages(ROOT / "config", programme)
    with running(folder, programme, languages, ROOT / "templates") as facts, requests.Session() as session:
        session.headers["Authorization"] = f"Bearer {facts['access_token']}"
        return list(Replay(facts["base_url"], programme.sender.address, session).all())


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        outcomes = everything(Path(folder))
    sys.stdout.write(f"{listing(outcomes)}\n{table(outcomes)}\n")
