"""The door of every Google path: who calls, and whether this token may use this method."""

from dataclasses import replace

from tasks.sandbox.auth.rules import check_rules
from tasks.sandbox.auth.tokens import caller_of
from tasks.sandbox.discovery.documents import Method
from tasks.sandbox.failures import GoogleError
from tasks.sandbox.google_names import ERROR_INFO, service
from tasks.sandbox.shapes import Json
from tasks.sandbox.wire import Call

REALM = 'Bearer realm="https://accounts.google.com/"'
OTHERWISE = (
    " Expected OAuth 2 access token, login cookie or other valid authentication credential."
    " See https://developers.google.com/identity/sign-in/web/devconsole-project."
)
HEADER: Json = {"location": "Authorization", "locationType": "header"}


def admitted(call: Call, method: Method | None) -> Call:
    """The call with its caller; 401 without a good token, 403 where its scopes or its kind do not suffice.

    Real Sheets and Drive answer a GET without any credential with 403 (brekkylab/backlot#307); here it is 401.
    """
    caller = caller_of(call.world, _bearer(call))
    if caller is None:
        raise unknown_token() if _bearer(call) else _missing()
    if method is not None and not caller.scopes & method.scopes:
        raise _insufficient(method)
    known = replace(call, caller=caller)
    check_rules(known, caller, method)
    return known


def _bearer(call: Call) -> str:
    kind, _, token = call.headers.get("authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" else call.one("access_token")


def _missing() -> GoogleError:
    message = "Request is missing required authentication credential." + OTHERWISE
    entry = {"reason": "required", "message": "Login Required.", **HEADER}
    return GoogleError(401, message, "required", entry=entry, headers={"www-authenticate": REALM})


def unknown_token() -> GoogleError:
    """Expired, revoked or never given."""
    message = "Request had invalid authentication credentials." + OTHERWISE
    entry = {"reason": "authError", "message": "Invalid Credentials", **HEADER}
    challenge = f'{REALM}, error="invalid_token"'
    return GoogleError(401, message, "authError", entry=entry, headers={"www-authenticate": challenge})


def _insufficient(method: Method) -> GoogleError:
    """Shape and words as in analogdotnow/Analog#296."""
    detail = {
        "@type": ERROR_INFO,
        "reason": "ACCESS_TOKEN_SCOPE_INSUFFICIENT",
        "domain": "googleapis.com",
        "metadata": {"service": service(method.api), "method": _remote_name(method)},
    }
    challenge = f'{REALM}, error="insufficient_scope", scope="{" ".join(sorted(method.scopes))}"'
    return GoogleError(
        403,
        "Request had insufficient authentication scopes.",
        "insufficientPermissions",
        details=[detail],
        entry={"message": "Insufficient Permission"},
        headers={"www-authenticate": challenge},
    )


def _remote_name(method: Method) -> str:
    names = (part[:1].upper() + part[1:] for part in method.id.split("."))
    return f"{method.document}.{'.'.join(names)}"
