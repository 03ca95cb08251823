"""A running sandbox and unmodified clients of Google that are only told another address."""

import base64
import json
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import urlsplit

import gspread
import httplib2
import pytest
import requests
from googleapiclient.discovery import build_from_document
from googleapiclient.discovery_cache import get_static_doc

from config.settings import ROOT, load_languages, load_programme
from tasks.sandbox.server import running


class LocalSheets(gspread.HTTPClient):
    """gspread's own client with scheme and host replaced."""

    base_url = ""

    def request(self, method, endpoint, **options):
        address = urlsplit(endpoint)
        query = f"?{address.query}" if address.query else ""
        return super().request(method, self.base_url + address.path + query, **options)


@dataclass
class RequestsHttp:
    """The bytes of google-api-python-client go through requests."""

    session: requests.Session

    def request(self, uri, method="GET", body=None, headers=None, redirections=5, connection_type=None):  # noqa: ARG002
        answer = self.session.request(method, uri, data=body, headers=headers, timeout=60, allow_redirects=False)
        fields = {name.lower(): value for name, value in answer.headers.items()}
        return httplib2.Response({**fields, "status": str(answer.status_code)}), answer.content


@dataclass
class Place:
    """A sandbox and everything a test does with it."""

    facts: dict
    session: requests.Session

    @property
    def base_url(self):
        return self.facts["base_url"]

    def ask(self, method, path, **options):
        return self.session.request(method, self.base_url + path, timeout=60, **options)

    def control(self, name, body=None, method=None):
        answer = self.ask(method or ("GET" if body is None else "POST"), f"/control/{name}", json=body)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def gspread(self):
        kind = type("Client", (LocalSheets,), {"base_url": self.base_url})
        return gspread.Client(auth=None, session=self.session, http_client=kind)

    def book(self, role="register"):
        return self.gspread().open_by_key(self.facts["spreadsheets"][role])

    def service(self, api, version):
        document = json.loads(get_static_doc(api, version))
        document["rootUrl"] = self.base_url + "/"
        document["baseUrl"] = document["rootUrl"] + document["servicePath"]
        document.pop("mtlsRootUrl", None)
        return build_from_document(document, http=RequestsHttp(self.session))

    def batch(self, *wanted, role="register"):
        return self.ask("POST", f"/v4/spreadsheets/sandbox-{role}:batchUpdate", json={"requests": list(wanted)})


@dataclass
class Starter:
    """Starts sandboxes on one data folder, one after the other."""

    data: Path

    def running(self, *, samples=False, strict=True):
        programme = load_programme(ROOT / "config")
        languages = load_languages(ROOT / "config", programme)
        return running(self.data, programme, languages, ROOT / "templates", samples=samples, strict=strict)


def keeps_the_contract(place):
    """Nothing that the sandbox answered breaks Google's discovery documents."""
    kept = place.control("violations")["violations"]
    assert [one for one in kept if one["side"] == "answer"] == []


def place_of(facts):
    session = requests.Session()
    session.headers["Authorization"] = f"Bearer {facts['access_token']}"
    return Place(facts, session)


@pytest.fixture
def starter(tmp_path) -> Starter:
    return Starter(tmp_path / "data")


@pytest.fixture
def place_at():
    return place_of


@pytest.fixture(scope="module")
def shared(tmp_path_factory) -> Iterator[Place]:
    """One sandbox with the samples for a whole module, for tests that only add to it."""
    with Starter(tmp_path_factory.mktemp("data")).running(samples=True) as facts:
        place = place_of(facts)
        with place.session:
            yield place
            keeps_the_contract(place)


@pytest.fixture
def place(starter) -> Iterator[Place]:
    """A new sandbox with the samples."""
    with starter.running(samples=True) as facts:
        place = place_of(facts)
        with place.session:
            yield place
            keeps_the_contract(place)


@pytest.fixture(scope="session")
def raw_mail():
    """A mail as Gmail's ``raw`` wants it."""

    def make(to="ana@example.org", subject="Hello", text="Words", html="", **headers):
        mail = EmailMessage()
        mail["From"] = "CoLab <colab@colab.example.org>"
        if to:
            mail["To"] = to
        mail["Subject"] = subject
        for name, value in headers.items():
            mail[name.replace("_", "-")] = value
        mail.set_content(text)
        if html:
            mail.add_alternative(html, subtype="html")
        return base64.urlsafe_b64encode(mail.as_bytes()).decode()

    return make
