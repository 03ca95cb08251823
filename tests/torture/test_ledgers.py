"""Ledgers of trials on a server of somebody else's: nothing is left there, and no password is told."""

import psycopg
import pytest

from flows.torture.ledgers import ledgers
from flows.torture.postgres import NoServer, given
from tasks.ledger.ledger import Ledger


def databases(address):
    with psycopg.connect(address) as connection:
        return {name for (name,) in connection.execute("SELECT datname FROM pg_database")}


def test_ledgers_are_made_beside_the_database_that_is_named_and_nothing_is_left(postgres, tmp_path):
    before = databases(postgres.address)

    with ledgers(postgres.address) as kept:
        first = kept.new(tmp_path)
        copied = kept.copy(first, tmp_path)
        secrets = []
        for url in (first, copied):
            ledger = Ledger(url)
            secrets.append(ledger.secret())
            ledger.close()
        made = databases(postgres.address) - before
        kept.drop(first)
        kept.drop(copied)

    assert secrets[0] == secrets[1]
    assert len(made) == 2
    assert all(name.startswith("colab_torture_") for name in made)
    assert databases(postgres.address) == before


def test_a_user_who_may_make_no_database_is_told_so_without_the_password(postgres):
    with psycopg.connect(postgres.address, autocommit=True) as connection:
        connection.execute("CREATE ROLE guest LOGIN PASSWORD 'pa55word'")
    address = postgres.address.replace("//colab:not-a-secret@", "//guest:pa55word@")

    with pytest.raises(NoServer) as refused:
        given(address)

    assert "no database can be made there (does its user have CREATEDB?): permission denied" in str(refused.value)
    assert "pa55word" not in str(refused.value)
