"""Addresses behind which there is no Google account: only by a mail of Google's own can they be let in."""

from collections.abc import Mapping

from tasks.sandbox.drive.refusals import bad
from tasks.sandbox.store import Store
from tasks.sandbox.world import World

NO_ACCOUNT = (
    'Bad Request. User message: "You are trying to invite {address}. Since there is no Google account associated with '
    'this email address, you must check the "Notify people" box to invite this recipient."'
)
FACT = "strangers"


def strangers(store: Store) -> list[str]:
    """Addresses without an account; all others have one."""
    return [str(address) for address in store.fact(FACT, [])]


def set_stranger(store: Store, address: str, *, has_account: bool) -> None:
    """Let an address have no Google account, or one again."""
    others = [known for known in strangers(store) if known != address.casefold()]
    store.set_fact(FACT, others if has_account else [*others, address.casefold()])


def check_account(world: World, wanted: Mapping[str, object]) -> None:
    """400 for an address without an account, as Drive refuses to share with it in silence."""
    address = str(wanted.get("emailAddress", ""))
    if address.casefold() in strangers(world.store):
        raise bad(NO_ACCOUNT.format(address=address), "invalidSharingRequest")
