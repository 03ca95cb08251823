"""Access tokens: handed out for an hour of the sandbox's clock, kept in the store, taken back by hand."""

import secrets

from config.sandbox import ACCESS_TOKEN
from tasks.sandbox.auth.callers import Caller, Kind
from tasks.sandbox.discovery.documents import all_scopes
from tasks.sandbox.shapes import Json
from tasks.sandbox.world import World

TOKEN = "access token"  # noqa: S105 (a kind of document)
LIFE_SECONDS = 3600
METADATA = "https://www.googleapis.com/auth/gmail.metadata"


def issue(world: World, caller: Caller, account: str) -> Json:
    """A new token on the strength of an account; with that account's death it dies too."""
    token = f"ya29.sandbox-{secrets.token_urlsafe(24)}"
    body = {
        "token": token,
        "address": caller.address,
        "kind": caller.kind,
        "scopes": sorted(caller.scopes),
        "account": account,
        "expires": world.clock.now().timestamp() + LIFE_SECONDS,
    }
    world.store.put(TOKEN, token, body)
    return body


def caller_of(world: World, token: str) -> Caller | None:
    """Whom a token stands for now; None when it is unknown, revoked or expired.

    The token that every sandbox knows is the owner's and never ends. It lacks one scope, because Gmail narrows a token
    that has ``gmail.metadata`` whatever else it has (googleapis/google-api-python-client#582).
    """
    if token == ACCESS_TOKEN:
        return Caller(world.owner, Kind.DELEGATED, all_scopes() - {METADATA})
    found = world.store.get(TOKEN, token) if token else None
    if found is None or found["expires"] <= world.clock.now().timestamp():
        return None
    return Caller(found["address"], Kind(found["kind"]), frozenset(found["scopes"]))


def revoke(world: World, token: str) -> bool:
    """Take one token back; whether there was one."""
    known = world.store.get(TOKEN, token) is not None
    world.store.remove(TOKEN, token)
    return known


def revoke_all_of(world: World, account: str) -> None:
    """Take back what an account was given."""
    for found in world.store.all(TOKEN):
        if found["account"] == account:
            world.store.remove(TOKEN, found["token"])


def expire_all(world: World) -> None:
    """Let every token end now, as after an hour."""
    for found in world.store.all(TOKEN):
        world.store.put(TOKEN, found["token"], {**found, "expires": world.clock.now().timestamp()})
