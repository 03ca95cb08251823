"""A recording is shown to its presenters when staff tick it, to nobody else, and once."""

from dataclasses import replace

import pytest

from tasks.domain.effects import Effect, EffectKind, EffectState
from tasks.domain.models import SessionStatus
from tasks.domain.reviews import FIELD, ReviewReader, emptied, file_in, wish_of
from tasks.domain.sessions import SessionRow, SessionsReading
from tasks.domain.sharing import (
    GONE,
    MAY_NOT,
    NOT_LET_IN,
    parts_of,
    refusals,
    to_be_let_in,
    to_be_written,
    viewers_of,
)
from tests.domain.session_builders import a_book, a_mail, a_member, a_presenter, a_session, by_key
from tests.domain.sheet_builders import PROGRAMME, a_tab, to_do, wrong

FILE = "1AbCdEfGhIjKlMnOpQrStUvWxYz-_0123"
LINK = f"https://drive.google.com/file/d/{FILE}/view"
PLAIN = PROGRAMME.archive.recordings
COLUMNS = PLAIN.model_copy(update={"columns": {**PLAIN.columns, FIELD: "Share for review"}, "optional": (FIELD,)})
READER = ReviewReader(COLUMNS, "archive · Recordings", PROGRAMME.register_.sessions)
ROW = {"ref": "K7P2QX", "link": LINK, "key": "recordings/1", FIELD: True}
TWO = a_session(presenters=(a_presenter("Samir", ""), a_presenter(), a_presenter("Eva", "Eva@example.org")))


def sessions(session=TWO, *, held=()):
    rows = {
        one.ref: SessionRow(one.ref, 2, SessionStatus.confirmed, {"safer": "TRUE" if one.safer else ""})
        for one in ([session] if session else [])
    }
    return SessionsReading(rows, (session,) if session else (), (), frozenset(held))


def read(*rows, session=TWO, asked=(), held=(), without=()):
    return READER.read(a_tab(COLUMNS, *(rows or (ROW,)), without=without), sessions(session, held=held), asked)


def viewers(**changed):
    return viewers_of(read(**changed).known, a_book(a_member()))


def permissions(*states, detail=""):
    effects = (
        replace(one.permission, state=state, detail=detail) for one, state in zip(viewers(), states, strict=True)
    )
    return by_key(*effects)


LINKS = {
    LINK: FILE,
    f"https://drive.google.com/open?id={FILE}&usp=drive_copy": FILE,
    f"https://docs.google.com/file/d/{FILE}": FILE,
    "https://www.youtube.com/watch?v=abcdefghijk": "",
    f"https://drive.google.com.example.org/file/d/{FILE}/view": "",
    f"http://drive.google.com/file/d/{FILE}/view": "",
    "https://drive.google.com/drive/my-drive": "",
    "https://drive.google.com/open?id=a:b/c.d@example.org": "",
    "https://[": "",
    "on the stick in Rima's drawer": "",
    "": "",
}


@pytest.mark.parametrize(("link", "file_id"), LINKS.items(), ids=LINKS)
def test_the_file_is_named_by_its_link(link, file_id):
    assert file_in(link) == file_id


IN_THE_WAY = {
    "its link leads elsewhere": (
        {"rows": [{**ROW, "link": "https://youtu.be/abcdefghijk"}]},
        "“https://youtu.be/abcdefghijk” is not the link of a file in Google Drive.",
    ),
    "nobody knows the session": (
        {"session": None},
        "There is no confirmed session “K7P2QX” in Sessions, or its row is not complete.",
    ),
    "the row of the session is in doubt": (
        {"held": ["K7P2QX"]},
        "There is no confirmed session “K7P2QX” in Sessions, or its row is not complete.",
    ),
    "the session is a safer one": (
        {"session": replace(TWO, safer=True, recording="no")},
        "Session K7P2QX is ticked as “Safer” in Sessions: nobody is shown a recording of it.",
    ),
    "it may not be recorded any more": (
        {"session": replace(TWO, recording="no")},
        "Session K7P2QX does not say that it may be recorded.",
    ),
    "no presenter has an address": (
        {"session": a_session(presenters=(a_presenter("Samir", ""),))},
        "Session K7P2QX names nobody with a usable e-mail address.",
    ),
}


@pytest.mark.parametrize(("case", "said"), IN_THE_WAY.values(), ids=IN_THE_WAY)
def test_nothing_is_shared_and_staff_are_told_if(case, said):
    found = read(*case.pop("rows", ()), **case) if "rows" in case else read(**case)
    [problem] = found.problems

    assert found.known == ()
    assert (problem.sheet, problem.row, problem.column) == ("archive · Recordings", 2, "Share for review")
    assert wrong(problem) == f"“Share for review” in row 2 is ticked, but the recording is not shared. {said}"
    assert to_do(problem)


@pytest.mark.parametrize("box", ["", False, "no"])
def test_without_a_tick_nothing_is_asked_for_and_nothing_is_told(box):
    found = read({**ROW, FIELD: box}, {**ROW, "link": "elsewhere", FIELD: box}, session=None)

    assert (found.ticked, found.problems, found.empty) == ({}, (), {wish_of(FILE), "share:"})


def test_a_sheet_without_the_column_asks_for_nothing():
    found = read(without=[FIELD])

    assert (found.ticked, found.problems, len(found.known)) == ({}, (), 1)


def test_a_recording_that_stands_in_two_rows_is_shared_by_the_first():
    found = read({**ROW, FIELD: ""}, ROW)

    assert (found.ticked, len(found.known)) == ({}, 1)
    assert [(one.row, wrong(one).partition(". ")[2]) for one in found.problems] == [
        (3, "The same recording stands in row 2.")
    ]


def test_the_box_is_unticked_by_its_link_once_it_was_acted_upon_whatever_is_in_the_way_by_then():
    for found in (read(asked=[wish_of(FILE)]), read(asked=[wish_of(FILE)], session=None)):
        assert found.problems == ()
        [line] = emptied(found, {wish_of(FILE)})
        assert (line.identity, line.cells, line.gone_is_fine) == (LINK, {FIELD: False}, True)
    assert emptied(read(), {"share:another"}) == []


def test_the_presenters_with_an_address_see_it_as_the_row_says_now_in_their_language():
    assert [(one.permission.key, one.letter_key, one.guest.language, one.number) for one in viewers()] == [
        (f"permission:{FILE}:id-rima", "recording_review:K7P2QX:id-rima:7f5be87c090d", "en", 2),
        (f"permission:{FILE}:id-eva", "recording_review:K7P2QX:id-eva:7f5be87c090d", "es", 3),
    ]
    assert [parts_of(one.permission.key) for one in viewers()] == [(FILE, "id-rima"), (FILE, "id-eva")]


LET_IN = {
    "what was promised": ((EffectState.ready, EffectState.ready), [], ["id-rima", "id-eva"]),
    "not what is done, or may be done": ((EffectState.sent, EffectState.sending), [], []),
    "not what Google refused": ((EffectState.failed, EffectState.ready), [], ["id-eva"]),
}


@pytest.mark.parametrize(("states", "heard", "whom"), LET_IN.values(), ids=LET_IN)
def test_it_carries_out(states, heard, whom):
    assert [one.guest.person_id for one in to_be_let_in(viewers(), permissions(*states), heard)] == whom


def test_nobody_is_let_in_unless_staff_ticked_the_box():
    assert to_be_let_in(viewers(), {}, []) == []
    assert len(to_be_let_in(viewers(), {}, [wish_of(FILE)])) == 2


WRITTEN = {
    "the permission is there": (EffectState.sent, None, True),
    "it is only promised": (EffectState.ready, None, False),
    "nobody knows": (EffectState.sending, None, False),
    "Google refused": (EffectState.failed, None, False),
    "the letter waits": (EffectState.sent, EffectState.ready, True),
    "the letter is out": (EffectState.sent, EffectState.sent, False),
    "the letter came back": (EffectState.sent, EffectState.bounced, False),
    "perhaps the letter is out": (EffectState.sent, EffectState.uncertain, False),
}


@pytest.mark.parametrize(("permission", "letter", "writes"), WRITTEN.values(), ids=WRITTEN)
def test_a_presenter_is_written_to_once_and_only_who_can_see_it(permission, letter, writes):
    [one, _] = viewers()
    effects = by_key(replace(one.permission, state=permission), *([a_mail(one.letter_key, letter)] if letter else []))

    assert bool(to_be_written([one], effects)) is writes


NOT_SHARED = "The recording of K7P2QX in row 2 could not be shared"
REFUSED = {
    GONE: [f"{NOT_SHARED}: the file is not in Drive any more, or we may not see it."],
    MAY_NOT: [f"{NOT_SHARED}: Google says that we may not."],
    NOT_LET_IN: [
        f"Presenter {number} of K7P2QX could not be let in to see the recording in row 2: Google knows no account with "
        "this address, or your organisation does not share with it. The others are not held up."
        for number in (2, 3)
    ],
}


@pytest.mark.parametrize(("reason", "said"), REFUSED.items(), ids=REFUSED)
def test_what_google_refuses_is_told_of_a_file_once_and_of_people_each(reason, said):
    effects = permissions(EffectState.failed, EffectState.failed, detail=reason)

    told = refusals(viewers(), effects, READER)
    assert [wrong(one) for one in told] == said
    assert all("tick the box again" in to_do(one) for one in told)


def test_who_presents_no_more_needs_nobodys_attention():
    gone = Effect(f"permission:{FILE}:id-gone", EffectKind.permission, "K7P2QX", EffectState.failed, detail=NOT_LET_IN)

    assert refusals(viewers(), by_key(gone), READER) == []
