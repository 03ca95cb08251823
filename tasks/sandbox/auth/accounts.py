"""Service accounts and OAuth users that a test or a rehearsal makes; the sandbox keeps no private key."""

import hashlib
import re
import secrets

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from tasks.sandbox.auth.callers import Kind
from tasks.sandbox.auth.tokens import revoke_all_of
from tasks.sandbox.failures import GoogleError, invalid, not_found
from tasks.sandbox.shapes import Json
from tasks.sandbox.world import World

ACCOUNT, DELETED = "account", "deleted"
PROJECT = "colab-sandbox"
NAME = re.compile(r"[a-z][a-z0-9-]{4,28}[a-z0-9]")
ADDRESS = re.compile(r"[^@\s]+@[^@\s]+")
BITS = 2048


def accounts(world: World) -> list[Json]:
    """Everyone who was made, without secrets."""
    return [_shown(found) for found in world.store.all(ACCOUNT) if not found.get(DELETED)]


def account(world: World, address: str) -> Json:
    """One account with all that the sandbox keeps of it; 404."""
    found = world.store.get(ACCOUNT, address)
    if found is None or found.get(DELETED):
        raise not_found(f"There is no account {address}.")
    return found


def person(world: World, address: str) -> str:
    """The person for whom a service account may act under this address: the owner or an OAuth user; ``""`` for none."""
    people = [one["address"] for one in accounts(world) if one["kind"] == Kind.USER]
    return next((one for one in (world.owner, *people) if one.casefold() == address.casefold()), "")


def make_service_account(world: World, name: str, delegation: list[str], base_url: str) -> Json:
    """A new account and its key file as Google's console hands it out; ``delegation``: the scopes an admin granted."""
    if not NAME.fullmatch(name):
        raise invalid("A service account's name has 6 to 30 small letters, digits and dashes.")
    address = f"{name}@{PROJECT}.iam.gserviceaccount.com"
    _must_be_new(world, address)
    number = int(hashlib.sha256(address.encode()).hexdigest(), 16) % 10**20 + 10**20
    made = {"kind": Kind.SERVICE_ACCOUNT, "address": address, "client_id": str(number), "delegation": delegation}
    world.store.put(ACCOUNT, address, made)
    return new_key(world, address, base_url)


def new_key(world: World, address: str, base_url: str) -> Json:
    """Another key for a service account; the one before is no longer good."""
    found = account(world, address)
    if found["kind"] != Kind.SERVICE_ACCOUNT:
        raise invalid("Only a service account has a key.")
    key = rsa.generate_private_key(public_exponent=65537, key_size=BITS)
    public = key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    kept = {**found, "key_id": secrets.token_hex(20), "public_key": public.decode()}
    world.store.put(ACCOUNT, address, kept)
    return {"account": _shown(kept), "key": _key_file(kept, private.decode(), base_url)}


def make_user(world: World, address: str, scopes: list[str], base_url: str) -> Json:
    """A person who ticked these scopes at the consent page, and the authorized-user file of that."""
    if not ADDRESS.fullmatch(address):
        raise invalid(f"{address!r} is no address.")
    _must_be_new(world, address)
    made = {
        "kind": Kind.USER,
        "address": address,
        "client_id": f"{secrets.token_hex(8)}.apps.example.com",
        "client_secret": secrets.token_urlsafe(16),
        "refresh_token": f"1//sandbox-{secrets.token_urlsafe(32)}",
        "scopes": scopes,
    }
    world.store.put(ACCOUNT, address, made)
    file = {name: made[name] for name in ("client_id", "client_secret", "refresh_token", "scopes")}
    return {
        "account": _shown(made),
        "key": {**file, "type": "authorized_user", "account": address, "token_uri": f"{base_url}/token"},
    }


def change(world: World, address: str, wanted: Json) -> Json:
    """Grant or withdraw: ``delegation`` of a service account, ``scopes`` of a user; both replace what was."""
    found = account(world, address)
    name = "delegation" if found["kind"] == Kind.SERVICE_ACCOUNT else "scopes"
    if set(wanted) != {name}:
        raise invalid(f"Say {name}, the scopes from now on.")
    world.store.put(ACCOUNT, address, {**found, name: scope_list(wanted[name])})
    return _shown(account(world, address))


def remove(world: World, address: str) -> None:
    """Delete an account; what it was given is dead at once. Of a person the client is still known."""
    found = account(world, address)
    world.store.remove(ACCOUNT, address)
    if found["kind"] == Kind.USER:
        world.store.put(ACCOUNT, address, {**found, DELETED: True})
    revoke_all_of(world, address)


def scope_list(value: object) -> list[str]:
    """Scopes as they came in a body; 400."""
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise invalid("Scopes must be a list of texts.")
    return value


def _must_be_new(world: World, address: str) -> None:
    if any(one["address"] == address for one in accounts(world)):
        raise GoogleError(409, f"There is an account {address} already.")


def _shown(found: Json) -> Json:
    return {name: found[name] for name in ("kind", "address", "client_id", "delegation", "scopes") if name in found}


def _key_file(kept: Json, private: str, base_url: str) -> Json:
    return {
        "type": "service_account",
        "project_id": PROJECT,
        "private_key_id": kept["key_id"],
        "private_key": private,
        "client_email": kept["address"],
        "client_id": kept["client_id"],
        "auth_uri": "https://accounts.google.com/o/oauth2/auth",
        "token_uri": f"{base_url}/token",
        "universe_domain": "googleapis.com",
    }
