"""Calls that leave the process: Prefect tasks inside a recorded run, plain calls in a run without a Prefect server."""

import inspect
from collections.abc import Callable, Coroutine
from functools import partial, wraps
from typing import Any, ParamSpec, TypeVar

from prefect import task
from prefect.cache_policies import NO_CACHE
from prefect.context import FlowRunContext

from tasks.services import goes_on

P = ParamSpec("P")
R = TypeVar("R")


def step(
    name: str,
) -> Callable[[Callable[P, Coroutine[Any, Any, R]]], Callable[P, Coroutine[Any, Any, R]]]:
    """Make a coroutine function a Prefect task whose run is called ``name``, filled in with its arguments.

    The name must hold no personal data. Prefect is handed a closed call, not the arguments: it would walk through
    every client in them. Nothing is cached, persisted or retried: once-only and retries are the ledger's to decide.
    A live run renews its lease before each.
    """

    def decorate(function: Callable[P, Coroutine[Any, Any, R]]) -> Callable[P, Coroutine[Any, Any, R]]:
        signature = inspect.signature(function)

        @task(
            name=function.__name__,
            description=function.__doc__,
            task_run_name="{label}",
            cache_policy=NO_CACHE,
            persist_result=False,
        )
        async def recorded(label: str, call: Callable[[], Coroutine[Any, Any, R]]) -> R:  # noqa: ARG001 (the run's name)
            return await call()

        @wraps(function)
        async def call(*args: P.args, **kwargs: P.kwargs) -> R:
            goes_on()
            if FlowRunContext.get() is None:
                return await function(*args, **kwargs)
            label = name.format(**signature.bind(*args, **kwargs).arguments)
            return await recorded(label, partial(function, *args, **kwargs))

        return call

    return decorate
