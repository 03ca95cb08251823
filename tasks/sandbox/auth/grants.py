"""``POST /token`` and ``POST /revoke``: where credentials become access tokens, and end."""

from urllib.parse import parse_qs

from tasks.sandbox.auth.accounts import ACCOUNT, DELETED, person
from tasks.sandbox.auth.assertions import refused, verified
from tasks.sandbox.auth.callers import Caller, Kind
from tasks.sandbox.auth.tokens import LIFE_SECONDS, issue, revoke, revoke_all_of
from tasks.sandbox.shapes import Json
from tasks.sandbox.wire import Answer, Call, answer

JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer"
REFRESH = "refresh_token"
UNAUTHORIZED = (
    "Client is unauthorized to retrieve access tokens using this method,"
    " or client not authorized for any of the scopes requested."
)


def token(call: Call) -> Answer:
    """An access token for a signed assertion or a refresh token; refusals in OAuth's own shape."""
    form = _form(call)
    grant = form.get("grant_type", "")
    if not grant:
        raise refused("Required parameter is missing: grant_type", "invalid_request")
    if grant == JWT_BEARER:
        return _for_assertion(call, form)
    if grant == REFRESH:
        return _for_refresh_token(call, form)
    raise refused(f"Invalid grant_type: {grant}", "unsupported_grant_type")


def revocation(call: Call) -> Answer:
    """Takes back an access token, or a refresh token with everything that came of it."""
    wanted = _form(call).get("token") or call.one("token")
    owner = _user_with(call, REFRESH, wanted)
    if owner is not None:
        call.world.store.put(ACCOUNT, owner["address"], {**owner, REFRESH: ""})
        revoke_all_of(call.world, owner["address"])
    elif not revoke(call.world, wanted):
        raise refused("Token expired or revoked", "invalid_token")
    return answer({})


def _for_assertion(call: Call, form: dict[str, str]) -> Answer:
    world = call.world
    claims = verified(world, form.get("assertion", ""), f"{call.base_url}/token")
    address = claims.account["address"]
    if not claims.subject:
        return _given(call, Caller(address, Kind.SERVICE_ACCOUNT, claims.scopes), address)
    if not claims.scopes <= set(claims.account["delegation"]):
        raise refused(UNAUTHORIZED, "unauthorized_client", 401)
    if not (subject := person(world, claims.subject)):
        raise refused("Invalid email or User ID")
    return _given(call, Caller(subject, Kind.DELEGATED, claims.scopes), address)


def _for_refresh_token(call: Call, form: dict[str, str]) -> Answer:
    client = _user_with(call, "client_id", form.get("client_id", ""))
    if client is None:
        raise refused("The OAuth client was not found.", "invalid_client", 401)
    if form.get("client_secret") != client["client_secret"]:
        raise refused("Unauthorized", "invalid_client", 401)
    if client.get(DELETED):
        raise refused("Account has been deleted")
    if not form.get(REFRESH) or form[REFRESH] != client[REFRESH]:
        raise refused("Token has been expired or revoked.")
    granted = frozenset(client["scopes"])
    wanted = frozenset(form.get("scope", "").split()) or granted
    if not wanted <= granted:
        raise refused("Bad Request", "invalid_scope")
    return _given(call, Caller(client["address"], Kind.USER, wanted), client["address"], scope=" ".join(sorted(wanted)))


def _given(call: Call, caller: Caller, account: str, **more: str) -> Answer:
    made = issue(call.world, caller, account)
    return answer({"access_token": made["token"], "expires_in": LIFE_SECONDS - 1, "token_type": "Bearer", **more})


def _user_with(call: Call, name: str, value: str) -> Json | None:
    users = (one for one in call.world.store.all(ACCOUNT) if one["kind"] == Kind.USER)
    return next((one for one in users if value and one[name] == value), None)


def _form(call: Call) -> dict[str, str]:
    return {name: values[-1] for name, values in parse_qs(call.body.decode("utf-8", "replace")).items()}
