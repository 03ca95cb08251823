"""The page of the faults: misfortunes by name for people, any fault as JSON for those who want it exactly."""

import json
from dataclasses import asdict

from tasks.sandbox.control.journal import Filter
from tasks.sandbox.failures import GoogleError
from tasks.sandbox.faults.fault import BODIES, EFFECTS, Fault
from tasks.sandbox.faults.scenarios import scenario, scenarios
from tasks.sandbox.pages.page import PageError, form, page, to
from tasks.sandbox.shapes import Json
from tasks.sandbox.wire import Answer, Call, Operation, operation

APIS = ("sheets", "gmail", "calendar", "drive", "meet", "forms", "auth")
STRIKES_SHOWN = 10
EXAMPLE = '{"script": [\n  {"method": "POST", "operation": "drafts.send", "nth": 3, "effect": "drop-after"}\n]}'
NUMBERS = ("nth", "times", "status", "seconds", "for_seconds")
LISTS = ("script", "effects")
TEXTS = ("api", "method", "operation", "path", "effect", "reason", "body")


def _faults(call: Call) -> Answer:
    world = call.world
    strikes = world.journal.newest(Filter(fault=True))
    known = scenarios(world.programme)
    return page(
        "faults.html",
        waiting=[_line(one, known) for one in world.faults.report()],
        scenarios=list(known),
        strikes=[entry for entry, _ in zip(strikes, range(STRIKES_SHOWN), strict=False)],
        effects=[effect for effect in EFFECTS if effect != "person"],
        apis=APIS,
        bodies=BODIES,
        example=EXAMPLE,
    )


def _line(described: Json, known: dict[str, Json]) -> Json:
    """What waits: the scenario that it comes from, or else its own JSON without what is as it usually is."""
    name = described.get("name", "")
    struck = described.get("struck", sum(step["struck"] for step in described.get("script", [])))
    told = json.dumps(_told(described), ensure_ascii=False)
    return {"scenario": name if name in known else "", "json": told, "struck": struck}


def _told(described: Json) -> Json:
    usual = {**asdict(Fault()), "seen": 0, "struck": 0}
    told = {key: value for key, value in described.items() if value != usual.get(key)}
    return {key: [_told(one) for one in value] if key in LISTS else value for key, value in told.items()}


def _plan(call: Call) -> Answer:
    wanted = form(call)
    try:
        if "scenario" in wanted:
            call.world.faults.add(scenario(call.world.programme, wanted["scenario"]))
        elif "json" in wanted:
            call.world.faults.add(json.loads(wanted["json"]))
        else:
            call.world.faults.add(_filled_in(wanted))
    except (GoogleError, ValueError) as error:
        raise PageError("faults.not_a_fault", why=str(error)) from None
    return to("/faults")


def _filled_in(wanted: dict[str, str]) -> Json:
    """A fault from the form; what was left empty stays as it usually is."""
    texts = {name: wanted[name].strip() for name in TEXTS if wanted.get(name, "").strip()}
    numbers = {name: int(wanted[name]) for name in NUMBERS if wanted.get(name, "").strip()}
    return {**texts, **numbers}


def _stop(call: Call) -> Answer:
    call.world.faults.clear()
    return to("/faults")


OPERATIONS: list[Operation] = [
    operation("pages", "GET", "/faults", "faults", _faults),
    operation("pages", "POST", "/faults", "faults plan", _plan),
    operation("pages", "POST", "/faults/stop", "faults stop", _stop),
]
