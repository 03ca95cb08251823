"""How a control path is declared."""

from tasks.sandbox.wire import Operation, Work, operation


def spoken(methods: str, name: str, work: Work) -> list[Operation]:
    """``/control/{name}`` under each of the methods ("GET POST")."""
    return [operation("control", method, f"/control/{name}", name, work) for method in methods.split()]
