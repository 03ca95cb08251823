"""Stages on which the story is played again and again."""

import os

os.environ["PREFECT_LOGGING_LEVEL"] = "ERROR"
os.environ["DO_NOT_TRACK"] = "1"

from contextlib import contextmanager

import pytest

from flows.torture.postgres import NoServer
from flows.torture.stage import Setting, stage


@contextmanager
def opened(*setting, **more):
    try:
        with stage(Setting(*setting, **more)) as made:
            yield made
    except NoServer as missing:
        pytest.skip(str(missing))


@pytest.fixture(scope="module")
def gmail_on_sqlite():
    with opened("sqlite", "gmail") as made:
        yield made


@pytest.fixture(scope="module")
def smtp_on_sqlite():
    with opened("sqlite", "smtp") as made:
        yield made


@pytest.fixture(scope="module")
def gmail_on_postgresql():
    with opened("postgresql", "gmail") as made:
        yield made


@pytest.fixture(scope="module")
def smtp_on_postgresql():
    with opened("postgresql", "smtp") as made:
        yield made
