"""A town for random sequences: what members, Forms and staff do to it, and what must hold whatever they do.

Everybody acts through the sandbox over HTTP, as Google's own programs would; the polls are the real flow. What was
sent and what still stands is known from the members and the sheets, who was mailed from the sandbox's own record.
"""

import asyncio
import re
from collections import Counter
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from urllib.parse import quote

import requests
from requests.adapters import HTTPAdapter

from config.sandbox import ACCESS_TOKEN, spreadsheet_id
from config.settings import Settings
from flows.all_flows import FLOWS
from tasks.chapter import collecting
from tasks.domain.book import make_book
from tasks.domain.submissions import submissions
from tasks.ledger.ledger import Ledger
from tasks.services import Services, using
from tests.acceptance import staff_acts as acts
from tests.acceptance.people import CHOSEN

CODES = ("en", "es", "fr")
CHANGING = ("title", "summary", "country", "presenters", "phone", "access_needs")
ODD_SECONDS = 7.319
DAYS = 25
REF = re.compile(r"\b[23456789BCDFGHJKLMNPQRSTVWXZ]{6}\b")
TABS = "sheets(properties(sheetId,title),data(rowData(values(effectiveValue))))"
TALKS = (
    "Barbershops against violence",
    "Who minds the twins at noon",
    "Rap lyrics in the classroom",
    "Fishermen count their hours",
    "A choir of grandfathers",
    "Parental leave in small firms",
    "What goalkeepers know of fear",
    "Letters from prison yards",
    "Monks and the climate march",
    "Dancing after the ceasefire",
    "Condoms at the bus stop",
    "Our hotline failed twice",
    "Shepherds read poetry aloud",
    "Dockers on night shifts",
    "Comics drawn by midwives",
    "Bread ovens run by widowers",
)
"""Titles that nobody takes for one another."""

ADDED = ("sadly", "loudly", "again", "abroad", "barefoot", "backwards", "uphill", "indoors", "by night", "for once")
CHANGED = tuple(f"{how} {what}" for how in ADDED for what in ("weeping", "gardening", "voting", "knitting", "boxing"))
"""What people write over their answers, another time something else."""


class Killed(BaseException):
    """The machine loses its power here."""


class Mortal(HTTPAdapter):
    """Carries requests until the one at which the process dies, before it is sent or before its answer is read."""

    left, answered = 0, False

    def send(self, request, **how):
        if "/control/" not in request.url:  # the sandbox's clock is nothing that Google has
            self.left -= 1
        if self.left == 0 and not self.answered:
            raise Killed
        answer = super().send(request, **how)
        if self.left == 0:
            answer.close()
            raise Killed
        return answer


@dataclass
class Sent:
    """One submission as its member knows it. ``name`` stands in the organisation, which nobody changes."""

    name: str
    code: str
    response: str
    addresses: list[str]
    answers: dict[str, str]
    edits: int = 0
    unread: bool = True


@dataclass(frozen=True)
class Kept:
    """A row that staff cut out of the answers: its cells by header, and how often it had been edited till then.

    Whether a poll ``read`` it: one that nobody has read cannot be told from another proposal once it was edited.
    """

    code: str
    cells: dict[str, object]
    name: object
    edits: int
    read: bool = False


@dataclass
class Tab:
    """A tab as it stands now; ``rows[0]`` are the headers."""

    role: str
    sheet_id: int
    rows: list[list[object]]

    @property
    def width(self):
        return max(map(len, self.rows), default=0)

    def by_header(self):
        return [dict(zip(map(str, self.rows[0]), row, strict=False)) for row in self.rows[1:]]

    def texts(self, header):
        at = self.rows[0].index(header)
        return [row[at] if at < len(row) else "" for row in self.rows[1:]]


@dataclass
class Town:
    """One sandbox, one ledger, and everybody who acts on them. ``seen`` are the names that polls must have found."""

    url: str
    settings: Settings
    services: Services
    sent: list[Sent] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    deleted_refs: set[str] = field(default_factory=set)
    kept: list[Kept] = field(default_factory=list)
    swapped: dict[str, int] = field(default_factory=dict)
    asked: dict[str, str] = field(default_factory=dict)
    reworded: dict[str, bool] = field(default_factory=dict)
    renamed: dict[str, str] = field(default_factory=dict)
    moved: set[str] = field(default_factory=set)
    edits: int = 0
    days: float = 0.0
    http: requests.Session = field(default_factory=requests.Session)
    mortal: Mortal = field(default_factory=Mortal)

    @property
    def forms_api(self):
        return self.settings.programme.forms["en"].forms_api

    def __post_init__(self):
        self.http.trust_env = False
        self.http.headers["Authorization"] = f"Bearer {ACCESS_TOKEN}"
        self.services.google.mount("http://", self.mortal)

    # -------------------------------------------------------------------------------------------- over HTTP
    def ask(self, method, path, body=None):
        answer = self.http.request(method, f"{self.url}{path}", json=body, timeout=30)
        assert answer.ok, (method, path, body, answer.text)
        return answer.json()

    def control(self, name, method="POST", **body):
        return self.ask(method, f"/control/{name}", body)

    def batch(self, role, requests_):
        return self.ask("POST", f"/v4/spreadsheets/{spreadsheet_id(role)}:batchUpdate", {"requests": requests_})

    def tabs(self, role, only=""):
        """The tabs of a spreadsheet as they stand now."""
        query = f"includeGridData=true&fields={TABS}{only}"
        found = self.ask("GET", f"/v4/spreadsheets/{spreadsheet_id(role)}?{query}")
        return [_tab(role, sheet) for sheet in found["sheets"]]

    def tab(self, role, title):
        (tab,) = self.tabs(role, f"&ranges={quote(title)}")
        return tab

    def answers_tab(self, code):
        form = self.settings.programme.forms[code]
        return self.tab(form.spreadsheet, form.tab)

    def register_tab(self, title="Submissions"):
        return self.tab("register", title)

    def wording(self, code, field_):
        return self.settings.languages[code].questions[field_]

    # -------------------------------------------------------------------------------------------- members
    def now(self):
        return datetime.fromisoformat(self.ask("GET", "/control/clock")["now"])

    def pass_time(self, seconds=ODD_SECONDS):
        """Never so long that an answer could be too old to be acknowledged."""
        if self.days + seconds / 86_400 < DAYS:
            self.days += seconds / 86_400
            self.control("clock", advance=seconds)

    def respond(self, code, person):
        """A person (a number) sends a proposal that nobody sent before."""
        self.pass_time()
        number = len(self.sent)
        words, name, address = TALKS[number], f"Network {number}", f"person{person}@example.org"
        answers = {**CHOSEN[code], "contact_name": f"Person {person}", "country": "Kenya", "organisation": name}
        self.moved.discard(code)
        answers |= {"title": words, "summary": f"{words}, and why.", "presenters": f"{words}: all of us"}
        more = {self.asked[code]: "From a friend"} if code in self.asked and number % 2 else {}
        sent = self.control(f"forms/{code}/responses", answers=answers | more, email=address)
        self.sent.append(Sent(name, code, sent["responseId"], [address], answers))

    def any_answer(self, number):
        return self.sent[number % len(self.sent)]

    def edit(self, one, changes, address=""):
        """A person changes answers through the edit link: the same row, a new time stamp; a new row if it is gone."""
        if not self.is_clear(one):
            return
        self.pass_time()
        self.edits += 1
        self.moved.discard(one.code)
        one.edits += 1
        one.unread = True
        changes = {field_: CHANGED[self.edits % len(CHANGED)] for field_ in changes}
        one.answers |= changes
        one.addresses += [address] if address else []
        path = f"forms/{one.code}/responses/{one.response}"
        self.control(path, "PUT", answers=changes, email=one.addresses[-1])

    # -------------------------------------------------------------------------------------------- staff
    def role(self, code):
        return self.settings.programme.forms[code].spreadsheet

    def delete_answer(self, code, number):
        """A whole row goes, but is kept to be pasted back, without the marks of Forms."""
        tab, header = self.answers_tab(code), self.wording(code, "organisation")
        if header not in tab.rows[0] or len(tab.rows) == 1:
            return
        at = 1 + number % (len(tab.rows) - 1)
        cells = dict(zip(map(str, tab.rows[0]), tab.rows[at], strict=False))
        if code not in {*self.renamed, *self.reworded}:
            mine = [one for one in self.sent if one.name == cells.get(header)]
            self.kept += [Kept(code, cells, one.name, one.edits, not one.unread) for one in mine]
        self.batch(tab.role, acts.delete_row(tab, at))

    def move_row(self, one):
        """Cut and pasted: the marks of Forms are lost, and no poll has read them."""
        rows = self.rows_of(one)
        if len(rows) == 1 and self.is_newest(one, *rows) and one.code not in {*self.renamed, *self.reworded}:
            tab = self.answers_tab(one.code)
            at = 1 + tab.texts(self.wording(one.code, "organisation")).index(one.name)
            self.batch(tab.role, acts.delete_row(tab, at))
            self.paste_back(Kept(one.code, rows[0], one.name, one.edits))

    def rows_of(self, one):
        """The rows in which an answer stands, cells by header."""
        header = self.wording(one.code, "organisation")
        return [row for row in self.answers_tab(one.code).by_header() if row.get(header) == one.name]

    def is_newest(self, one, *rows):
        """Whether what the person sent last is one of these."""
        newest = {field_: one.answers.get(field_, "") for field_ in CHANGING} | {"email": one.addresses[-1]}
        wanted = {self.wording(one.code, field_): words for field_, words in newest.items()}
        return any(all(row.get(header, "") == words for header, words in wanted.items()) for row in rows)

    def is_clear(self, one):
        """Whether its newest answers can be told from another proposal: they, or no others, stand or were read."""
        return self.forms_api or not one.unread or not (rows := self.rows_of(one)) or self.is_newest(one, *rows)

    def pasteable(self):
        """What was kept, but nothing beside newer or older answers that no poll has read."""
        return [kept for kept in self.kept if self._is_pasteable(kept, self.one(kept.name))]

    def _is_pasteable(self, kept, one):
        if kept.code in {*self.renamed, *self.reworded, *self.swapped}:
            return False
        return (kept.read and not one.unread) or (
            kept.edits == one.edits and all(self.is_newest(one, row) for row in self.rows_of(one))
        )

    def paste_back(self, kept):
        """Under the same headers, wherever these stand now."""
        tab = self.answers_tab(kept.code)
        places = {tab.rows[0].index(header): cell for header, cell in kept.cells.items() if header in tab.rows[0]}
        self.batch(tab.role, acts.paste(tab, places))

    def handle_answers(self, code, act, one, other):
        tab = self.answers_tab(code)
        if not (self.renamed.get(code) == self.wording(code, "timestamp") and act in acts.MOVING_COLUMNS):
            self.moved |= {code} if act in acts.MOVING_COLUMNS else set()
            self.batch(tab.role, act(tab, one, other))

    def rename_column(self, code, field_):
        """Another header for a column, or the old one again.

        The sandbox's forms lose one that was moved as well, and make a new one; without the old column of the time
        stamps they would lose the rows.
        """
        old = self.renamed.get(code, "")
        if code in self.swapped or (field_ == "timestamp" and code in self.moved and not old):
            return
        tab, header = self.answers_tab(code), old or self.wording(code, field_)
        if old:
            del self.renamed[code]
            self.batch(tab.role, acts.put_together(tab, f"{header} (old)", header))
        elif header in tab.rows[0]:
            self.renamed[code] = header
            self.batch(tab.role, [acts.put(tab, 0, tab.rows[0].index(header), f"{header} (old)")])

    def swap_tabs(self, code, *, with_copy):
        """Swap the answers with another tab, empty or a copy of them; or swap them back."""
        title, role = self.settings.programme.forms[code].tab, self.role(code)
        tab = self.tab(role, title)
        if code in self.swapped:
            other, aside = self.swapped.pop(code), f"Swapped {self.edits} {len(self.sent)} {tab.sheet_id}"
        else:
            aside = f"Swapped {tab.sheet_id}"
            new = {"duplicateSheet": {"sourceSheetId": tab.sheet_id}} if with_copy else {"addSheet": {}}
            (reply,) = self.batch(role, [new])["replies"]
            other = next(iter(reply.values()))["properties"]["sheetId"]
            self.swapped[code] = tab.sheet_id
        self.batch(role, acts.swap_names(tab.sheet_id, other, title, aside))

    def ask_more_or_less(self, code):
        """The form gets a question, and a column for it; or loses it again, and staff delete its column."""
        if code not in self.asked:
            title = f"How did you hear of us, {self.edits}?"
            self.control(f"forms/{code}/questions", title=title)
            self.asked[code] = title
            return
        title, form = self.asked.pop(code), f"/v1/forms/sandbox-form-{code}"
        items = self.ask("GET", form)["items"]
        index = [item.get("title") for item in items].index(title)
        self.ask("POST", f"{form}:batchUpdate", {"requests": [{"deleteItem": {"location": {"index": index}}}]})
        self._take_header_away(code, title)

    def reword(self, code, *, header_too):
        """A question is worded otherwise, with or without its column; or both as before."""
        words = self.wording(code, "themes")
        if code in self.reworded:
            del self.reworded[code]
            self.control(f"forms/{code}/questions/themes", "PUT", title=words, header=True)
        else:
            self.reworded[code] = header_too
            self.control(f"forms/{code}/questions/themes", "PUT", title=f"{words} (new)", header=header_too)

    def delete_from_register(self, number):
        tab = self.register_tab()
        if len(tab.rows) > 1:
            at = 1 + number % (len(tab.rows) - 1)
            self.deleted_refs.add(tab.texts("Ref")[at - 1])
            self.batch("register", acts.delete_row(tab, at))

    def rule(self, verdict, number=None):
        """Staff say of a pair, or of all, what it is: they ask the people, and know."""
        tab = self.register_tab("Possible duplicates")
        _, names = self.known()
        pairs = [REF.findall(str(pair)) for pair in tab.texts("Pair")]
        rows = [at for at, pair in enumerate(pairs, 1) if len(pair) == 2]
        if number is not None:
            rows = rows and [rows[number % len(rows)]]
        for at in rows:
            one, other = pairs[at - 1]
            said = "Same" if names[one] == names[other] else verdict
            self.batch("register", [acts.put(tab, at, tab.rows[0].index("Verdict"), said)])

    def mend_everything(self):
        """Staff and their technical colleague put right what stops a language."""
        for code in CODES:
            if code in self.swapped:
                self.swap_tabs(code, with_copy=False)
            if code in self.asked:
                self.ask_more_or_less(code)
            if code in self.reworded:
                self.reword(code, header_too=True)
            if code in self.renamed:
                self.rename_column(code, "")
            self._take_header_away(code, acts.OUR_OWN)

    def _take_header_away(self, code, header):
        for tab in self.tabs(self.role(code)):
            empty = [acts.put(tab, 0, at, "") for at, words in enumerate(tab.rows[0]) if words == header]
            if empty:
                self.batch(tab.role, empty)

    # -------------------------------------------------------------------------------------------- polls
    def poll(self, *, live=True, **fault):
        """A whole poll; what could be read in it, before and after, must be known from then on."""
        before = self.standing()
        if fault:
            self.control("faults", **fault)
        with self._outside() as services, using(services), collecting() as outcomes:
            asyncio.run(FLOWS["intake"].fn(now=self.now(), live=live))
        self.control("faults", "DELETE")
        (outcome,) = outcomes
        if live and not any("register" in line for line in outcome.failed):
            unread = {code for code in CODES if self._stopped(code, outcome)}
            looks = (before, self.standing()) if fault else (before,)
            for one in self.sent:
                if one.code not in unread and all(self.forms_api or one.name in there for there in looks):
                    self.seen.add(one.name)
                    one.unread &= not all(self.is_newest(one, *there.get(one.name, ())) for there in looks)
        return outcome

    def killed_poll(self, request, *, answered):
        """A poll that dies at one of its requests."""
        self.mortal.left, self.mortal.answered = request, answered
        with suppress(Killed):
            self.poll()
        self.mortal.left = 0

    def one(self, name):
        return next(one for one in self.sent if one.name == name)

    def readable(self):
        """The names of answers that a poll can find; with the API of all that were sent."""
        return {one.name for one in self.sent} if self.forms_api else set(self.standing())

    def standing(self):
        """By name the rows with a time stamp under the tab's right name, their cells by header."""
        found = {}
        for code in CODES:
            tab, stamp, name = (
                self.answers_tab(code),
                self.wording(code, "timestamp"),
                self.wording(code, "organisation"),
            )
            for row in tab.by_header():
                if row.get(name) and isinstance(row.get(stamp), float | int):
                    found.setdefault(str(row[name]), []).append(row)
        return found

    @contextmanager
    def _outside(self):
        """A process has its own connection to the ledger."""
        with closing(Ledger(self.settings.ledger_url)) as ledger:
            yield replace(self.services, ledger=ledger)

    def _stopped(self, code, outcome):
        role = f"Google Form {code}" if self.forms_api else self.role(code)
        stops = [problem.sheet for problem in outcome.problems if problem.stops_language]
        return any(role in words for words in [*outcome.failed, *stops])

    # -------------------------------------------------------------------------------------------- what must hold
    def known(self):
        """The submissions of the ledger, and by ref the name that stands in each."""
        ledger = self.services.ledger
        found = submissions(ledger.versions())
        names = {
            ref: {version.response.answers["organisation"] for version in one.versions} for ref, one in found.items()
        }
        assert all(len(all_) == 1 for all_ in names.values()), "two submissions became one"
        book = make_book(found, ledger.pairs())
        return book, {ref: name for ref, (name,) in names.items()}

    def mailed(self):
        """Ref and address of every mail that left."""
        return [(REF.search(mail["subject"])[0], mail["to"]) for mail in self.control("mailbox", "GET")]

    def nobody_is_lost_or_mailed_twice(self):
        book, names = self.known()
        assert self.seen <= set(names.values()), "a submission is lost"
        twice = Counter(names.values()) - Counter(set(names.values()))
        waiting = {pair.unacknowledged for pair in book.pairs}
        asked = Counter(names[ref] for ref in waiting if ref)
        assert twice <= (Counter() if self.forms_api else asked), "one submission became two, and nobody is asked"
        mails = self.mailed()
        assert len({names[ref] for ref, _ in mails}) == len(mails), "somebody was mailed twice"
        assert all(to in self.one(names[ref]).addresses for ref, to in mails), "somebody got the mail of another one"

    def shown(self):
        """Ref, name, title and state of each row that stands in Submissions."""
        tab = self.register_tab()
        rows = zip(*(tab.texts(header) for header in ("Ref", "Organisation", "Title", "State")), strict=True)
        return [row for row in rows if REF.fullmatch(str(row[0]))]

    def every_row_shows_its_own(self):
        """At any moment: no row holds the answers of another one."""
        _, names = self.known()
        assert all(name == names[ref] for ref, name, *_ in self.shown()), "a row shows somebody else's answers"

    def every_row_is_as_it_should_be(self):
        """Once nothing is left to do: each submission was acknowledged, and its row says so and holds its answers."""
        book, names = self.known()
        shown, standing = self.shown(), self.standing()
        refs = [ref for ref, *_ in shown]
        assert {names[ref] for ref, _ in self.mailed()} == set(names.values()), "somebody was not acknowledged"
        assert len(set(refs)) == len(refs), "a submission has two rows"
        assert set(book.found) - self.deleted_refs <= set(refs) <= set(names) - self.deleted_refs
        for ref, name, title, state in shown:
            assert (name, title) == (names[ref], book.rows[ref].current.answers["title"])
            assert state.startswith("Acknowledged" if ref in book.found else "One submission with"), state
        for one in self.sent:
            if self.forms_api or self.is_newest(one, *standing.get(one.name, ())):
                (ref,) = (ref for ref in book.found if names[ref] == one.name)
                assert book.rows[ref].current.answers["title"] == one.answers["title"], (
                    "the newest answers do not count"
                )


def _tab(role, sheet):
    rows = sheet["data"][0].get("rowData", [])
    cells = [[_value(cell) for cell in row.get("values", [])] for row in rows]
    return Tab(role, sheet["properties"].get("sheetId", 0), cells or [[]])


def _value(cell):
    value = cell.get("effectiveValue", {})
    return value.get("stringValue", value.get("numberValue", value.get("boolValue", "")))
