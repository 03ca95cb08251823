"""The control path of strict mode: ``GET /control/violations`` reads what was broken, ``DELETE`` forgets it."""

from tasks.sandbox.wire import Answer, Call, Operation, answer, operation


def _violations(call: Call) -> Answer:
    contract = call.world.contract
    if call.method == "DELETE":
        contract.violations.clear()
    return answer({"strict": contract.strict, "violations": list(contract.violations)})


CONTROL: list[Operation] = [
    operation("control", method, "/control/violations", "violations", _violations) for method in ("GET", "DELETE")
]
