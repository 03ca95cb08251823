"""The control path of faults: plan them, see them, take them back.

| path | what it does |
|---|---|
| ``GET /control/faults`` | what is still to come, with how many requests each let pass (``seen``) and ``struck`` |
| ``POST /control/faults`` | a fault; or a list of faults: all of them or, when one is wrong, none |
| the same | ``{"script": [fault, ...]}``: steps, each of which waits for the one before it |
| the same | ``{"seed": 7, "chance": 0.2, "effects": [...], "times": 0}`` and a selector: chance that repeats itself |
| ``DELETE /control/faults`` | Google is well again; work that was to be done late is never done |
| ``GET /control/scenarios`` | the ready-made ones by name |
| ``POST /control/scenarios`` | ``{"name": "down"}``: plan one of them |

The fields of a fault and its effects stand in ``faults/fault.py``, actions of people in ``faults/people.py``. Faults
live in memory: a restart forgets them. Every strike stands in the request log.
"""

import json

from tasks.sandbox.control.spoken import spoken
from tasks.sandbox.failures import invalid
from tasks.sandbox.faults.scenarios import scenario, scenarios
from tasks.sandbox.wire import Answer, Call, Operation, answer


def _faults(call: Call) -> Answer:
    if call.method == "POST":
        call.world.faults.add(_any_json(call))
    if call.method == "DELETE":
        call.world.faults.clear()
    return answer(call.world.faults.report())


def _any_json(call: Call) -> object:
    try:
        return json.loads(call.body)
    except ValueError:
        raise invalid("A fault is a JSON object, or a list of such objects.") from None


def _scenarios(call: Call) -> Answer:
    if call.method == "POST":
        call.world.faults.add(scenario(call.world.programme, str(call.json().get("name"))))
        return answer(call.world.faults.report())
    return answer(scenarios(call.world.programme))


OPERATIONS: list[Operation] = [
    *spoken("GET POST DELETE", "faults", _faults),
    *spoken("GET POST", "scenarios", _scenarios),
]
