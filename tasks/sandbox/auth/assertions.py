"""The signed word of a service account (RFC 7523): checked as Google's token endpoint checks it."""

import base64
import json
from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from tasks.sandbox.auth.accounts import ACCOUNT
from tasks.sandbox.auth.callers import Kind
from tasks.sandbox.failures import GoogleError
from tasks.sandbox.shapes import Json
from tasks.sandbox.switches import switch
from tasks.sandbox.world import World

GOOGLES = "https://oauth2.googleapis.com/token"
HOUR, SKEW = 3600, 300
PARTS = 3
TIMES = (
    "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe."
    " Check your iat and exp values in the JWT claim."
)


@dataclass(frozen=True)
class Claims:
    """What an account asks for, and for whom (``subject``, empty for itself)."""

    account: Json
    subject: str
    scopes: frozenset[str]


def refused(description: str, error: str = "invalid_grant", code: int = 400) -> GoogleError:
    """The token endpoint's own kind of refusal (RFC 6749)."""
    return GoogleError(code, description, error)


def verified(world: World, assertion: str, token_uri: str) -> Claims:
    """The claims of a JWT whose signature, audience and times are good; 400 invalid_grant.

    ``aud`` may be this sandbox or Google's own endpoint, which google-auth writes whatever the key file says.
    """
    header, claims, signed, signature = _taken_apart(assertion)
    account = world.store.get(ACCOUNT, str(claims.get("iss", "")))
    if account is None or account["kind"] != Kind.SERVICE_ACCOUNT:
        raise refused("Invalid grant: account not found")
    if header.get("kid", account["key_id"]) != account["key_id"] or not _is_signed(account, signed, signature):
        raise refused("Invalid JWT Signature.")
    if claims.get("aud") not in {token_uri, GOOGLES}:
        raise refused("Invalid JWT: Failed audience check. The right audience is " + GOOGLES)
    _check_times(world, claims)
    scopes = frozenset(str(claims.get("scope", "")).split())
    if not scopes:
        raise refused("Invalid OAuth scope or ID token audience provided.", "invalid_scope")
    return Claims(account, str(claims.get("sub") or ""), scopes)


def _taken_apart(assertion: str) -> tuple[Json, Json, bytes, bytes]:
    try:
        first, second, third = assertion.split(".")
        header, claims, signature = json.loads(_decoded(first)), json.loads(_decoded(second)), _decoded(third)
    except ValueError:
        raise refused("Invalid JWT.") from None
    if not isinstance(header, dict) or not isinstance(claims, dict) or header.get("alg") != "RS256":
        raise refused("Invalid JWT.")
    return header, claims, f"{first}.{second}".encode(), signature


def _decoded(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def _is_signed(account: Json, signed: bytes, signature: bytes) -> bool:
    key = load_pem_public_key(account["public_key"].encode())
    if not isinstance(key, rsa.RSAPublicKey):
        return False
    try:
        key.verify(signature, signed, padding.PKCS1v15(), hashes.SHA256())
    except InvalidSignature:
        return False
    return True


def _check_times(world: World, claims: Json) -> None:
    """By the machine's clock, which is the client's too; by the sandbox's, that may be set, if the settings say so."""
    issued, ends = claims.get("iat"), claims.get("exp")
    if not isinstance(issued, int | float) or not isinstance(ends, int | float) or not 0 < ends - issued <= HOUR:
        raise refused(TIMES)
    now = world.clock.now() if switch(world.store, "logins_follow_clock") else datetime.now(UTC)
    if not issued - SKEW <= now.timestamp() <= ends + SKEW:
        raise refused(TIMES)
