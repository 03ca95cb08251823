"""Keys and ids that we choose, so that what we made outside can be found again."""

import hashlib
import hmac
from collections.abc import Callable, Iterator, Mapping
from itertools import count

REF_LETTERS = "23456789BCDFGHJKLMNPQRSTVWXZ"  # no vowels (no words), nothing that looks like another
REF_LENGTH = 6
FORMS = "forms:"
TEST = "test"  # begins the keys of test mails


def digest(text: str) -> str:
    """SHA-256 in hex, which is also a valid Calendar event id (characters a-v, 0-9)."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def row_of(response_key: str) -> str:
    """A row's key without the number that tells two rows of the same second apart."""
    return response_key.partition("#")[0]


def numbered_keys(row: str) -> Iterator[str]:
    """The keys of the second and further answers of the same second, without end."""
    return (f"{row}#{number}" for number in count(2))


def response_key(response_id: str) -> str:
    """The key of a response that the Forms API names; it says so itself."""
    return f"{FORMS}{digest(response_id)}"


def is_of_forms(key: str) -> bool:
    """Whether a row is known by its ``responseId`` and not by what stands in it."""
    return key.startswith(FORMS)


def choose_ref(response_key: str, taken: Callable[[str], bool]) -> str:
    """The short code that people see: always the same for the same response, unless another one has it already."""
    return next(ref for ref in possible_refs(response_key) if not taken(ref))


def possible_refs(response_key: str) -> Iterator[str]:
    """The refs that a response can have, the likeliest first, without end."""
    for attempt in count():
        yield _spell(int(digest(f"{response_key}#{attempt}"), 16))


def is_ref(text: str) -> bool:
    """Whether this can be a ref that we gave; people who make one up use vowels sooner or later."""
    return len(text) == REF_LENGTH and set(text) <= set(REF_LETTERS)


def _spell(number: int) -> str:
    letters = []
    for _ in range(REF_LENGTH):
        number, index = divmod(number, len(REF_LETTERS))
        letters.append(REF_LETTERS[index])
    return "".join(letters)


def person_id(address_key: str, secret: bytes) -> str:
    """A keyed hash that stands for an address in keys, logs and reports."""
    return hmac.new(secret, address_key.encode(), hashlib.sha256).hexdigest()[:12]


def event_id(ref: str, generation: int = 1) -> str:
    """The Calendar event id of a session; the generation rises only when a person asks for a new event."""
    return digest(f"event:{ref}#{generation}")


def marker(key: str, taken: Mapping[int, str]) -> tuple[int, str]:
    """Id and value of the developer metadata that makes an append recognisable; ``taken`` are those in the sheet."""
    attempt = 0
    value = digest(key)[:12]
    while taken.get(number := int(digest(f"{key}#{attempt}")[:8], 16) % (2**31 - 1) + 1, value) != value:
        attempt += 1
    return number, value
