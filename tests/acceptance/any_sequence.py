"""Whatever members, staff, Forms and the machine do: nobody is lost, mailed twice or shown in a wrong row.

The same sequences in every run; ``HYPOTHESIS=explore COLAB_SEED=7 COLAB_STEPS=20000`` tries that many others, from the
seventh seed on, and shrinks what it finds to the shortest story.
"""

import os
from contextlib import ExitStack
from datetime import UTC, datetime
from itertools import count
from math import ceil

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from config.settings import Settings
from tasks.sandbox.server import running
from tasks.services import open_services
from tests.acceptance import staff_acts as acts
from tests.acceptance.people import configuration
from tests.acceptance.town import CHANGING, CODES, TALKS, Town

STEPS = int(os.environ.get("COLAB_STEPS", "2000"))
STEPS_IN_A_ROW = 100
SEQUENCES = 8
SEED = int(os.environ.get("COLAB_SEED", "0"))
EXPLORING = os.environ.get("HYPOTHESIS") == "explore"
STARTS = {
    "an ordinary day": datetime(2024, 2, 16, 8, 0, tzinfo=UTC),
    "New York has one hour twice": datetime(2024, 11, 3, 5, 10, tzinfo=UTC),
    "Paris has one hour twice": datetime(2024, 10, 27, 0, 10, tzinfo=UTC),
}
CODE = st.sampled_from(CODES)
NUMBER = st.integers(0, 99)
PERSON = st.integers(0, 4)
CHANGES = st.sets(st.sampled_from(CHANGING), min_size=1)
ZONES = ["America/New_York", "Asia/Tokyo", "Europe/Paris", "Etc/GMT+7", "America/Mexico_City"]
LOCALES = ["en_US", "fr_FR", "es_MX", "de_DE"]
SPOILED = [
    {"effect": "status", "status": 503},
    {"effect": "status", "status": 429},
    *({"effect": effect} for effect in ("drop-before", "drop-after", "half-body", "truncated", "wrong-type")),
]
READS = [r"/sandbox-responses-\w\w$|/v1/forms/", r"/sandbox-register$"]
CALLS = [*READS, r"/drafts$", r"/drafts/send$", r"sandbox-register:batchUpdate$"]


class AnySequence(RuleBasedStateMachine):
    """The rules draw numbers; which row, column or submission they mean depends on what stands there."""

    config = None
    folders = None
    steps = 0

    @initialize(start=st.sampled_from(list(STARTS)), first=st.lists(st.tuples(CODE, PERSON), min_size=3, max_size=6))
    def open_a_town(self, start, first):
        self.closing = ExitStack()
        plain, folder = Settings(_env_file=None, config=self.config), next(self.folders)
        world = running(folder, plain.programme, plain.languages, plain.templates)
        url = self.closing.enter_context(world)["base_url"]
        ledger = f"sqlite:///{folder / 'ledger.sqlite'}"
        chosen = Settings(
            _env_file=None, config=self.config, google_url=url, ledger_url=ledger, google_patience_seconds=0
        )
        self.town = Town(url, chosen, self.closing.enter_context(open_services(chosen)))
        self.closing.enter_context(self.town.http)
        self.town.control("clock", now=STARTS[start].isoformat(), frozen=True)
        for code, person in first:
            self.town.respond(code, person)

    @invariant()
    def count(self):
        type(self).steps += 1

    # ------------------------------------------------------------------------------------------------ members
    @rule(code=CODE, person=PERSON)
    def somebody_answers(self, code, person):
        if len(self.town.sent) < len(TALKS):
            self.town.respond(code, person)

    @rule(number=NUMBER, changes=CHANGES)
    def somebody_edits(self, number, changes):
        self.town.edit(self.town.any_answer(number), changes)

    @rule(number=NUMBER)
    def somebody_edits_the_address(self, number):
        self.town.edit(self.town.any_answer(number), (), address=f"new{self.town.edits}@example.org")

    @rule()
    def a_minute_passes(self):
        """The first of the rules: the simplest sequence of all is a day on which nothing happens."""
        self.town.pass_time(61.5)

    @rule(seconds=st.sampled_from([3600, 86_400.25]))
    def time_passes(self, seconds):
        self.town.pass_time(seconds)

    # ------------------------------------------------------------------------------------------------ staff
    @rule(code=CODE, act=st.sampled_from(acts.ON_ANSWERS), one=NUMBER, other=NUMBER)
    def staff_handle_the_answers(self, code, act, one, other):
        self.town.handle_answers(code, act, one, other)

    @rule(code=CODE, number=NUMBER)
    def staff_delete_an_answer(self, code, number):
        self.town.delete_answer(code, number)

    @precondition(lambda self: self.town.kept)
    @rule(number=NUMBER)
    def staff_paste_a_row_back_that_was_deleted(self, number):
        if rows := self.town.pasteable():
            self.town.paste_back(rows[number % len(rows)])

    @rule(number=NUMBER, changes=CHANGES)
    def staff_move_a_row_that_was_just_edited(self, number, changes):
        one = self.town.any_answer(number)
        self.town.edit(one, changes)
        self.town.move_row(one)

    @rule(code=CODE, field=st.sampled_from(["title", "themes", "email", "timestamp"]))
    def staff_rename_a_column_or_rename_it_back(self, code, field):
        self.town.rename_column(code, field)

    @rule(code=CODE, with_copy=st.booleans())
    def staff_rename_two_tabs_crosswise(self, code, with_copy):
        self.town.swap_tabs(code, with_copy=with_copy)

    @rule(code=CODE)
    def the_form_asks_a_new_question_or_no_longer(self, code):
        self.town.ask_more_or_less(code)

    @rule(code=CODE, header_too=st.booleans())
    def the_form_words_a_question_otherwise_or_as_before(self, code, header_too):
        self.town.reword(code, header_too=header_too)

    @rule(code=CODE, zone=st.sampled_from(ZONES), locale=st.sampled_from(LOCALES))
    def staff_change_the_settings_of_a_spreadsheet(self, code, zone, locale):
        change = {"properties": {"timeZone": zone, "locale": locale}, "fields": "timeZone,locale"}
        self.town.batch(self.town.role(code), [{"updateSpreadsheetProperties": change}])

    @rule(
        act=st.sampled_from(acts.ON_REGISTER),
        one=NUMBER,
        other=NUMBER,
        title=st.sampled_from(["Submissions", "Needs attention", "Possible duplicates"]),
    )
    def staff_handle_the_register(self, act, one, other, title):
        tab = self.town.register_tab(title)
        self.town.batch("register", act(tab, one, other))

    @rule(number=NUMBER)
    def staff_delete_a_row_of_the_register(self, number):
        self.town.delete_from_register(number)

    @rule(number=NUMBER, verdict=st.sampled_from(["Different", "Series"]))
    def staff_say_what_a_pair_is(self, number, verdict):
        self.town.rule(verdict, number)

    # ------------------------------------------------------------------------------------------------ polls
    @rule()
    def a_poll(self):
        self.town.poll()
        self.town.nobody_is_lost_or_mailed_twice()
        self.town.every_row_shows_its_own()

    @rule()
    def a_rehearsal(self):
        self.town.poll(live=False)

    @rule(path=st.sampled_from(CALLS), fault=st.sampled_from(SPOILED), nth=st.integers(1, 2))
    def a_poll_that_google_spoils(self, path, fault, nth):
        self.town.poll(path=path, nth=nth, **fault)
        self.town.nobody_is_lost_or_mailed_twice()

    @rule(request=st.integers(1, 14), answered=st.booleans())
    def a_poll_that_is_killed(self, request, answered):
        self.town.killed_poll(request, answered=answered)
        self.town.nobody_is_lost_or_mailed_twice()

    @rule(
        path=st.sampled_from(CALLS),
        moment=st.sampled_from(["before", "after"]),
        code=st.sampled_from([*CODES, "register"]),
        act=st.sampled_from(acts.IN_THE_MIDDLE),
        one=NUMBER,
        other=NUMBER,
    )
    def a_poll_with_staff_in_its_middle(self, path, moment, code, act, one, other):
        tab = self.town.register_tab() if code == "register" else self.town.answers_tab(code)
        action = {"do": "batch", "book": tab.role, "requests": act(tab, one, other)}
        self.town.poll(path=path, effect="person", moment=moment, action=action)
        self.town.nobody_is_lost_or_mailed_twice()

    def teardown(self):
        try:
            if hasattr(self, "town"):
                self.all_is_well_once_everything_is_mended()
        finally:
            self.closing.close()

    def all_is_well_once_everything_is_mended(self):
        self.town.mend_everything()
        for _ in range(6):
            self.town.rule("Different")
            self.town.pass_time(900)
            outcome = self.town.poll()
            self.town.nobody_is_lost_or_mailed_twice()
            if not outcome.done:
                break
        assert (outcome.done, outcome.failed) == ([], [])
        assert not outcome.red, [problem.code for problem in outcome.problems if problem.stops_language]
        assert self.town.readable() <= self.town.seen
        self.town.every_row_is_as_it_should_be()


def nothing_is_lost_doubled_or_mixed_up(folder, number, *, forms_api):
    """Try as many sequences as one seed makes: the first is the simplest, after ten Hypothesis would repeat itself."""

    class Here(AnySequence):
        config = configuration(folder / "config", forms_api=forms_api)
        folders = (folder / str(number) for number in count())

    run_state_machine_as_test(
        seed(number)(Here),
        settings=settings(
            max_examples=SEQUENCES,
            stateful_step_count=STEPS_IN_A_ROW,
            phases=[Phase.generate, Phase.shrink] if EXPLORING else [Phase.generate],
            suppress_health_check=list(HealthCheck),
            print_blob=True,
            report_multiple_bugs=False,
        ),
    )

    assert Here.steps >= SEQUENCES * STEPS_IN_A_ROW


def seeds(share):
    """The numbers of the seeds that make this share of all steps."""
    return range(SEED, SEED + ceil(STEPS * share / (SEQUENCES - 1) / STEPS_IN_A_ROW))
