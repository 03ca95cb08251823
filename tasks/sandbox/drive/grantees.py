"""To whom a permission is given and for how long."""

from collections.abc import Mapping

from tasks.sandbox.clock import parse_instant
from tasks.sandbox.drive import access
from tasks.sandbox.drive.refusals import bad
from tasks.sandbox.shapes import Json
from tasks.sandbox.wire import Call

NO_ADDRESS = "The specified emailAddress is invalid or not applicable for the given permission type."
NO_DOMAIN = "The specified domain is invalid or not applicable for the given permission type."


def grantee_id(wanted: Mapping[str, object]) -> str:
    """The permission's id: the same for the same grantee on every file."""
    if wanted["type"] == "anyone":
        return "anyone" if wanted.get("allowFileDiscovery") else access.ANYONE
    return access.permission_id(str(wanted.get("emailAddress") or wanted.get("domain")))


def grantee(wanted: Json) -> Json:
    """Who is let in; 400 for an address or a domain that is none."""
    address, domain = str(wanted.get("emailAddress") or ""), str(wanted.get("domain") or "")
    if wanted["type"] in {"user", "group"}:
        if not address.strip() or "@" not in address or " " in address.strip():
            raise bad(NO_ADDRESS, "invalidSharingRequest" if address else "required", "permission.emailAddress")
        return {"emailAddress": address.strip()}
    found = {"allowFileDiscovery": bool(wanted.get("allowFileDiscovery", False))}
    if wanted["type"] == "anyone":
        return found
    if "." not in domain:
        raise bad(NO_DOMAIN, "invalid", "permission.domain")
    return found | {"domain": domain}


def until(call: Call, wanted: Json) -> Json:
    """Until when; 400 for what is over already."""
    if not wanted.get("expirationTime"):
        return {}
    if parse_instant(str(wanted["expirationTime"])) <= call.world.clock.now():
        raise bad("Expiration dates must be in the future.", "expirationDateInvalid", "permission.expirationTime")
    return {"expirationTime": str(wanted["expirationTime"])}
