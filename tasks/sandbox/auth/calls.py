"""The control path of accounts and tokens.

| path | what it does |
|---|---|
| ``GET /control/accounts`` | everyone who was made |
| ``POST /control/accounts`` | ``{"kind": "service_account", "name", "delegation": […]}``: account and key file |
| the same | ``{"kind": "user", "address", "scopes"}``: a person who consented, and the authorized-user file |
| ``PATCH /control/accounts/{address}`` | ``{"delegation": […]}`` or ``{"scopes": […]}`` from now on |
| ``POST /control/accounts/{address}/keys`` | another key; the one before is dead |
| ``DELETE /control/accounts/{address}`` | the account is gone, with all its tokens |
| ``GET /control/tokens`` | the tokens that were handed out |
| ``POST /control/tokens`` | one more, without a grant: ``{"address", "kind", "scopes"}`` |
| ``DELETE /control/tokens`` | all of them expire now |
| ``DELETE /control/tokens/{token}`` | this one is revoked |
"""

from tasks.sandbox.auth import accounts, tokens
from tasks.sandbox.auth.callers import Caller, Kind
from tasks.sandbox.failures import invalid, not_found
from tasks.sandbox.wire import Answer, Call, Operation, Work, answer, operation


def _accounts(call: Call) -> Answer:
    return answer(accounts.accounts(call.world))


def _make(call: Call) -> Answer:
    wanted = call.json()
    if wanted.get("kind") == Kind.SERVICE_ACCOUNT:
        delegation = accounts.scope_list(wanted.get("delegation", []))
        name = str(wanted.get("name", "pipeline"))
        return answer(accounts.make_service_account(call.world, name, delegation, call.base_url))
    if wanted.get("kind") == Kind.USER:
        scopes = accounts.scope_list(wanted.get("scopes", []))
        address = str(wanted.get("address", call.world.owner))
        return answer(accounts.make_user(call.world, address, scopes, call.base_url))
    raise invalid(f"kind must be {Kind.SERVICE_ACCOUNT} or {Kind.USER}.")


def _change(call: Call) -> Answer:
    return answer(accounts.change(call.world, call.parts["address"], call.json()))


def _new_key(call: Call) -> Answer:
    return answer(accounts.new_key(call.world, call.parts["address"], call.base_url))


def _remove(call: Call) -> Answer:
    accounts.remove(call.world, call.parts["address"])
    return _accounts(call)


def _tokens(call: Call) -> Answer:
    return answer(call.world.store.all(tokens.TOKEN))


def _issue(call: Call) -> Answer:
    wanted = call.json()
    kinds = [str(kind) for kind in Kind]
    if wanted.get("kind", Kind.USER) not in kinds:
        raise invalid(f"kind must be one of {', '.join(kinds)}.")
    scopes = frozenset(accounts.scope_list(wanted.get("scopes", [])))
    address = str(wanted.get("address", call.world.owner))
    return answer(tokens.issue(call.world, Caller(address, Kind(wanted.get("kind", Kind.USER)), scopes), address))


def _expire(call: Call) -> Answer:
    tokens.expire_all(call.world)
    return _tokens(call)


def _revoke(call: Call) -> Answer:
    if not tokens.revoke(call.world, call.parts["token"]):
        raise not_found("There is no such token.")
    return _tokens(call)


def _spoken(method: str, path: str, work: Work) -> Operation:
    return operation("control", method, f"/control/{path}", path, work)


OPERATIONS: list[Operation] = [
    _spoken("GET", "accounts", _accounts),
    _spoken("POST", "accounts", _make),
    _spoken("PATCH", "accounts/{address}", _change),
    _spoken("DELETE", "accounts/{address}", _remove),
    _spoken("POST", "accounts/{address}/keys", _new_key),
    _spoken("GET", "tokens", _tokens),
    _spoken("POST", "tokens", _issue),
    _spoken("DELETE", "tokens", _expire),
    _spoken("DELETE", "tokens/{token}", _revoke),
]
