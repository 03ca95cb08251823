"""The ledger on a real file: what it refuses, what it remembers, and what two runs at once may do to it."""

import threading
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from itertools import product

import pytest

from tasks.domain.effects import MOVES, Effect, EffectKind, EffectState
from tasks.domain.models import Severity
from tasks.domain.submissions import Attention, attention_identity, submissions
from tasks.ledger.database import open_database
from tasks.ledger.ledger import Ledger
from tests.ledger.ledger_builders import (
    KEY,
    LATER,
    NOW,
    RIMA,
    a_mail,
    a_plan,
    a_problem,
    a_version,
    at_state,
    child,
    killed,
    select_all,
    url_of,
)

FORBIDDEN = [(old, new) for old, new in product(EffectState, EffectState) if new not in MOVES[old]]
ALLOWED = [(old, new) for old, news in MOVES.items() for new in sorted(news) if old is not EffectState.ready]


# ------------------------------------------------------------------------------------------------ claims
def test_an_effect_that_nobody_promised_cannot_be_claimed(ledger):
    assert not ledger.claim(KEY, NOW)
    assert ledger.effects() == {}


@pytest.mark.parametrize("state", [state for state in EffectState if state is not EffectState.ready])
def test_only_what_is_ready_can_be_claimed(ledger, state):
    at_state(ledger, state)

    assert not ledger.claim(KEY, LATER)
    assert ledger.effects()[KEY].state is state


def test_a_claim_is_won_once_by_two_ledgers_on_one_file(ledger, other):
    ledger.intend([a_mail()], NOW)

    assert [other.claim(KEY, NOW), ledger.claim(KEY, NOW), other.claim(KEY, NOW)] == [True, False, False]


def test_a_claim_counts_attempts_and_keeps_what_it_was_given(ledger):
    ledger.intend([a_mail()], NOW)
    ledger.claim(KEY, NOW)
    ledger.settle(KEY, EffectState.sending, EffectState.ready, NOW)
    ledger.claim(KEY, LATER, provider_id="r-7", detail="register")

    assert ledger.effects() == {
        KEY: Effect(
            KEY,
            EffectKind.mail,
            "K7P2QX",
            EffectState.sending,
            provider_id="r-7",
            detail="register",
            attempts=2,
            created_at=NOW,
            claimed_at=LATER,
        )
    }


def test_what_is_done_together_is_claimed_and_settled_together(ledger, other):
    keys = ["row:1", "row:2", "row:3"]
    ledger.intend([a_mail(key) for key in keys], NOW)
    other.claim("row:2", NOW)

    ours = ledger.claim_many({key: {"provider_id": key[-1]} for key in keys}, NOW)
    settled = ledger.settle_many(keys[:1], EffectState.sending, EffectState.sent, LATER, detail="register")

    assert (ours, settled) == ({"row:1", "row:3"}, {"row:1"})
    assert [(e.state, e.provider_id, e.detail) for e in ledger.effects().values()] == [
        (EffectState.sent, "1", "register"),
        (EffectState.sending, "", ""),
        (EffectState.sending, "3", ""),
    ]


def test_threads_that_race_for_claims_win_each_once(ledger):
    keys = [f"mail:{number}" for number in range(30)]
    ledger.intend([a_mail(key) for key in keys], NOW)
    won = Counter()
    ready = threading.Barrier(4)

    def work():
        ready.wait()
        mine = [key for key in keys if ledger.claim(key, NOW)]
        won.update(mine)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert won == Counter(keys)


RACE = """
import sys
from datetime import datetime, UTC
from tasks.ledger.ledger import Ledger
ledger = Ledger(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
for number in range(200):
    if ledger.claim(f"mail:{number}", datetime.now(UTC)):
        print(number)
"""


def test_two_processes_that_race_for_two_hundred_claims_win_each_once(ledger, url):
    ledger.intend([a_mail(f"mail:{number}") for number in range(200)], NOW)
    racers = [child(RACE, url) for _ in range(2)]
    for racer in racers:
        assert racer.stdout.readline() == "ready\n"
    for racer in racers:
        racer.stdin.write("go\n")
        racer.stdin.flush()

    won = [racer.communicate(timeout=60)[0].split() for racer in racers]

    assert sorted(map(int, [*won[0], *won[1]])) == list(range(200))


# ------------------------------------------------------------------------------------------------ moves
def test_a_move_that_the_table_does_not_allow_is_refused(ledger):
    at_state(ledger, EffectState.sent)

    for old, new in FORBIDDEN:
        with pytest.raises(ValueError, match=f"{KEY}: {old} → {new} is not an allowed move"):
            ledger.settle(KEY, old, new, NOW)
    assert ledger.effects()[KEY].state is EffectState.sent


@pytest.mark.parametrize(("old", "new"), ALLOWED)
def test_an_effect_moves_as_the_table_says(ledger, old, new):
    at_state(ledger, old)

    assert ledger.settle(KEY, old, new, LATER, detail="why")
    found = ledger.effects()[KEY]
    assert (found.state, found.detail) == (new, "why")
    assert found.settled_at == {EffectState.sent: LATER, EffectState.bounced: NOW}.get(new)


def test_nothing_is_settled_that_has_moved_on_meanwhile(ledger, other):
    at_state(ledger, EffectState.sending)
    other.settle(KEY, EffectState.sending, EffectState.sent, NOW, provider_id="m-1")

    assert not ledger.settle(KEY, EffectState.sending, EffectState.ready, LATER)
    found = ledger.effects()[KEY]
    assert (found.state, found.provider_id, found.settled_at) == (EffectState.sent, "m-1", NOW)


def test_what_the_provider_gave_is_noted_without_a_move(ledger):
    at_state(ledger, EffectState.sending)

    ledger.note(KEY, provider_id="draft-1", link="https://example.org/1")

    found = ledger.effects()[KEY]
    assert (found.state, found.provider_id, found.link) == (EffectState.sending, "draft-1", "https://example.org/1")


@pytest.mark.parametrize("state", EffectState)
def test_every_state_survives_reopening(url, state):
    first = Ledger(url)
    at_state(first, state)
    before = first.effects()
    first.close()

    second = Ledger(url)

    assert second.effects() == before
    assert before[KEY].state is state
    second.close()


def test_a_promise_that_is_known_keeps_its_state(ledger):
    at_state(ledger, EffectState.sent)

    ledger.intend([a_mail(), a_mail("mail:2")], LATER)

    assert {key: effect.state for key, effect in ledger.effects().items()} == {
        KEY: EffectState.sent,
        "mail:2": EffectState.ready,
    }


def test_the_same_promise_twice_in_one_breath_is_one(ledger):
    ledger.intend([a_mail(), a_mail()], NOW)

    assert list(ledger.effects()) == [KEY]


def test_effects_are_found_by_kind_and_state(ledger):
    at_state(ledger, EffectState.sent, "mail:sent")
    at_state(ledger, EffectState.ready, "mail:ready")
    ledger.intend([Effect("row:1", EffectKind.row, ""), Effect("event:1", EffectKind.event, "R")], NOW)

    assert list(ledger.effects(EffectKind.mail)) == ["mail:ready", "mail:sent"]
    assert list(ledger.effects(states={EffectState.ready})) == ["event:1", "mail:ready", "row:1"]
    assert list(ledger.effects(EffectKind.row, {EffectState.ready, EffectState.sent})) == ["row:1"]
    assert list(ledger.effects(EffectKind.event, {EffectState.sent})) == []


# ------------------------------------------------------------------------------------------------ facts and promises
def test_a_version_comes_back_as_it_was_recorded(ledger):
    version = a_version(
        answers={"title": "الآباء «1»", "summary": "a\nb"}, codes={"themes": ("care", "other:x"), "format": ()}
    )

    ledger.record(a_plan(version, promised=(a_mail(),)), NOW)

    assert ledger.versions() == [version]
    assert ledger.effects() == {KEY: replace(a_mail(), created_at=NOW)}


@pytest.mark.parametrize(
    "text", ["a\x00b", "'; drop table effect; --", "%s %(x)s :x \\", "\U0001f469\u200d\U0001f3ed", "w" * 9000]
)
def test_whatever_somebody_wrote_can_be_kept(ledger, text):
    version = a_version(answers={"title": text})
    problem = a_problem(subject=text, what=(text,))

    ledger.record(a_plan(version), NOW)
    ledger.record_problems([problem], [], NOW)

    assert ledger.versions() == [version]
    [line] = ledger.attention()
    assert line.problem.what == (text,)
    assert line.problem.subject.replace("\N{REPLACEMENT CHARACTER}", "\x00") == text


def test_moments_are_kept_in_utc_to_the_microsecond(ledger, url):
    lima = timezone(timedelta(hours=-5))
    moment = datetime(2024, 2, 3, 10, 2, 44, 123457, tzinfo=lima)

    ledger.record(a_plan(a_version(submitted_at=moment, seen_at=moment)), NOW)

    (version,) = ledger.versions()
    assert version.response.submitted_at == version.seen_at == moment
    assert version.seen_at.tzinfo is UTC
    assert select_all(url, "select seen_at from response") == [("2024-02-03T15:02:44.123457+00:00",)]


def test_a_cell_that_is_changed_and_changed_back_is_remembered_as_three_steps(ledger):
    a, b = a_version(), a_version(fingerprint="b", seen_at=LATER)
    again = a_version(seen_at=LATER + timedelta(minutes=5))
    for version in (a, b, again):
        ledger.record(a_plan(version), version.seen_at)

    assert submissions(ledger.versions())["K7P2QX"].current == a.response
    assert sorted((v.response.fingerprint, v.seen_at) for v in ledger.versions()) == [
        ("a", again.seen_at),
        ("b", b.seen_at),
    ]


def test_a_failed_mail_gets_another_chance_and_no_other_does(ledger):
    for state in EffectState:
        at_state(ledger, state, f"mail:{state}")

    ledger.record(a_plan(retry=tuple(f"mail:{state}" for state in EffectState)), LATER)

    states = {key.removeprefix("mail:"): str(effect.state) for key, effect in ledger.effects().items()}
    assert states == {**{str(state): str(state) for state in EffectState}, "failed": "ready"}


def test_a_record_that_fails_half_way_leaves_nothing(ledger):
    broken = a_version(ref="B", key="k2", answers={"title": object()})

    with pytest.raises(Exception, match="not JSON serializable"):
        ledger.record(a_plan(a_version(), broken, promised=(a_mail(),)), NOW)

    assert (ledger.versions(), ledger.effects()) == ([], {})


KILLED_AT = """
import os, signal, sys
from sqlalchemy import Engine, event
from tasks.ledger.ledger import Ledger
from tests.ledger.ledger_builders import NOW, a_mail, a_plan, a_version
ledger = Ledger(sys.argv[1])
statements = 0
def count(*_):
    global statements
    statements += 1
    if statements == int(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)
event.listen(Engine, "after_cursor_execute", count)
ledger.record(a_plan(a_version(), promised=(a_mail(),)), NOW)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.parametrize(("statement", "kept"), [(4, False), (6, False), (8, False), (99, True)])
def test_a_killed_run_leaves_the_fact_and_its_promise_or_neither(url, statement, kept):
    assert killed(child(KILLED_AT, url, statement))

    ledger = Ledger(url)
    found = (len(ledger.versions()), len(ledger.effects()))
    ledger.close()
    assert found == ((1, 1) if kept else (0, 0))


# ------------------------------------------------------------------------------------------------ problems
def line_of(problem, occurrence=1):
    return attention_identity(problem.key, occurrence)


def test_a_problem_is_opened_once_and_refreshed_while_it_lasts(ledger):
    ledger.record_problems([a_problem()], ["responses-en"], NOW)
    moved = a_problem(row=9, what=("is still wrong",), severity=Severity.notice)

    ledger.record_problems([moved, moved], ["responses-en"], LATER)

    assert ledger.attention() == [Attention(moved, NOW, None, line_of(moved))]


def test_a_problem_is_solved_only_when_its_sheet_was_looked_at(ledger):
    other = a_problem(sheet="responses-es")
    ledger.record_problems([a_problem(), other], ["responses-en", "responses-es"], NOW)

    ledger.record_problems([], ["responses-en"], LATER)

    assert ledger.attention() == [
        Attention(a_problem(), NOW, LATER, line_of(a_problem())),
        Attention(other, NOW, None, line_of(other)),
    ]


def test_a_problem_that_returns_is_a_new_line(ledger):
    third = LATER + timedelta(minutes=5)
    ledger.record_problems([a_problem()], ["responses-en"], NOW)
    ledger.record_problems([], ["responses-en"], LATER)
    ledger.record_problems([a_problem()], ["responses-en"], third)

    assert ledger.attention() == [
        Attention(a_problem(), NOW, LATER, line_of(a_problem())),
        Attention(a_problem(), third, None, line_of(a_problem(), 2)),
    ]


def test_a_problem_that_returns_at_the_same_instant_is_open_again(ledger):
    ledger.record_problems([a_problem()], ["responses-en"], NOW)
    ledger.record_problems([], ["responses-en"], NOW)
    ledger.record_problems([a_problem()], ["responses-en"], NOW)

    assert ledger.attention() == [Attention(a_problem(), NOW, None, line_of(a_problem()))]


def test_a_solved_problem_stays_solved_when_it_was_solved(ledger):
    ledger.record_problems([a_problem()], ["responses-en"], NOW)
    ledger.record_problems([], ["responses-en"], LATER)
    ledger.record_problems([], ["responses-en"], LATER + timedelta(days=1))

    assert ledger.attention() == [Attention(a_problem(), NOW, LATER, line_of(a_problem()))]


# ------------------------------------------------------------------------------------------------ the database
OPENER = """
import sys
from tasks.ledger.ledger import Ledger
print("ready", flush=True)
sys.stdin.readline()
print(Ledger(sys.argv[1]).secret().hex())
"""


def test_processes_that_open_a_new_ledger_at_once_share_its_tables_and_its_secret(nothing_yet):
    openers = [child(OPENER, nothing_yet) for _ in range(3)]
    for opener in openers:
        assert opener.stdout.readline() == "ready\n"
    for opener in openers:
        opener.stdin.write("go\n")
        opener.stdin.flush()

    secrets = {opener.communicate(timeout=60)[0].strip() for opener in openers}

    assert [opener.returncode for opener in openers] == [0, 0, 0]
    ledger = Ledger(nothing_yet)
    assert secrets == {ledger.secret().hex()}
    assert len(ledger.secret()) == 32
    ledger.close()


def test_another_ledger_has_another_secret(ledger, tmp_path):
    other = Ledger(url_of(tmp_path / "a new folder" / "other.sqlite"))

    assert ledger.secret() != other.secret()
    other.close()


def test_every_commit_is_on_disk_before_it_returns(path):
    engine = open_database(url_of(path))

    with engine.connect() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }

    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 30000}
    engine.dispose()


def test_the_person_of_a_version_keeps_both_forms_of_the_address(ledger):
    ledger.record(a_plan(a_version()), NOW)

    assert ledger.versions()[0].response.person == RIMA


def test_nobody_else_on_the_machine_can_read_the_ledger_and_its_folder_is_made(tmp_path):
    file = tmp_path / "new" / "ledger.sqlite"
    ledger = Ledger(url_of(file))
    ledger.secret()

    assert {path.name: oct(path.stat().st_mode)[-3:] for path in file.parent.glob("ledger.sqlite*")}.items() >= {
        ("ledger.sqlite", "600"),
        ("ledger.sqlite-wal", "600"),
    }
    ledger.close()


def test_a_ledger_belongs_to_the_place_it_was_first_used_with(ledger):
    assert [ledger.place("Google"), ledger.place("a sandbox")] == ["Google", "Google"]
