"""Sends every recorded request to a sandbox and compares the answers."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

import requests

from tests.sandbox.replay.comparing import Difference, Ids, differences
from tests.sandbox.replay.endpoints import endpoint
from tests.sandbox.replay.recordings import Exchange, recordings, runs

IDENTICAL, NO_BODY = "identical", "no body, status equal"
OTHER_VALUES, OTHER_FIELDS, OTHER_STATUS = "other values", "other fields", "other status"
CLASSES = (IDENTICAL, NO_BODY, OTHER_VALUES, OTHER_FIELDS, OTHER_STATUS)
PRIVATE = 403
JSON = "application/json"
ACCOUNT = "robot@recordings.iam.gserviceaccount.com"


@dataclass(frozen=True)
class Outcome:
    """An exchange with what differs; ``same`` is one of ``CLASSES``."""

    exchange: Exchange
    endpoint: str
    same: str
    differences: tuple[Difference, ...]


class Replay:
    """One sandbox, emptied for each recording."""

    def __init__(self, base_url: str, account: str, session: requests.Session) -> None:
        self.base_url = base_url
        self.account = account
        self.session = session

    def all(self) -> Iterator[Outcome]:
        """Every exchange of every recording."""
        for exchanges in recordings():
            self._empty()
            ids = Ids()
            for run in runs(exchanges):
                self._make_what_was_there(run, ids)
                for exchange in run:
                    yield self._outcome(exchange, ids)

    def _outcome(self, exchange: Exchange, ids: Ids) -> Outcome:
        answer = self.session.request(
            exchange.method,
            self.base_url + ids.text(exchange.path),
            data=_body(exchange, ids),
            headers={"Content-Type": "application/json"} if exchange.body else None,
            timeout=10,
        )
        found = tuple(self._compared(exchange, answer, ids))
        return Outcome(exchange, endpoint(exchange), _class(exchange, found), found)

    def _compared(self, exchange: Exchange, answer: requests.Response, ids: Ids) -> Iterator[Difference]:
        if exchange.status != answer.status_code:
            yield Difference("status", str(exchange.status), str(answer.status_code))
        elif exchange.content_type.startswith(JSON):
            theirs, ours = json.loads(exchange.answer), answer.json()
            ids.learn(theirs, ours)
            yield from differences(json.loads(exchange.answer.replace(ACCOUNT, self.account)), ids.back(ours))
        elif exchange.answer != answer.text:
            yield Difference("text", exchange.answer, answer.text)
        found = answer.headers["content-type"]
        if exchange.status == answer.status_code and exchange.content_type != found:
            yield Difference("content-type", exchange.content_type, found)

    def _ask(self, method: str, path: str, **options: object) -> requests.Response:
        answer = self.session.request(method, self.base_url + path, timeout=10, **options)
        answer.raise_for_status()
        return answer

    def _empty(self) -> None:
        for file in self._ask("GET", "/control/files").json():
            self._ask("DELETE", f"/control/files/{file['id']}")

    def _make_what_was_there(self, run: list[Exchange], ids: Ids) -> None:
        """The recording account held older spreadsheets, and one was not shared with it."""
        for file in _older_files(run):
            if file["id"] not in ids.files:
                ids.files[file["id"]] = self._file({"name": file["name"]})
        for exchange in run:
            if exchange.status == PRIVATE:
                theirs = urlsplit(exchange.uri).path.rpartition("/")[2]
                ids.files[theirs] = self._file({"name": "Private", "owner": "somebody.else@example.org"})

    def _file(self, wanted: dict) -> str:
        return self._ask("POST", "/control/files", json=wanted).json()["id"]


def _older_files(run: list[Exchange]) -> list[dict]:
    """The files that a run lists and did not make, the oldest first."""
    made = {json.loads(one.answer)["id"] for one in run if one.makes_a_file}
    listed = [
        file
        for one in run
        if one.method == "GET" and one.path.startswith("/drive/v3/files?")
        for file in json.loads(one.answer)["files"]
    ]
    return list({file["id"]: file for file in reversed(listed) if file["id"] not in made}.values())


def _body(exchange: Exchange, ids: Ids) -> bytes | None:
    if exchange.body is None:
        return None
    try:
        return json.dumps(ids.json(json.loads(exchange.body))).encode()
    except ValueError:
        return exchange.body.encode()


def _class(exchange: Exchange, found: tuple[Difference, ...]) -> str:
    if not found:
        return IDENTICAL if exchange.answer else NO_BODY
    if any(one.path == "status" for one in found):
        return OTHER_STATUS
    return OTHER_FIELDS if any(one.of_fields for one in found) else OTHER_VALUES
