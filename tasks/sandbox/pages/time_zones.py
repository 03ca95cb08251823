"""The reader's time zone on the pages: which names there are, which was chosen, and a sentence for one that is none."""

from dataclasses import replace
from functools import cache
from urllib.parse import quote
from zoneinfo import ZoneInfo, available_timezones

from tasks.sandbox.failures import GoogleError
from tasks.sandbox.gcalendar.zones import zone_named
from tasks.sandbox.pages.page import PageError
from tasks.sandbox.wire import Answer, Call

COOKIE = "zone"
YEAR = 365 * 24 * 3600


@cache
def known_zones() -> frozenset[str]:
    """Every IANA name that this machine knows; found once, because it means looking at hundreds of files."""
    return frozenset(available_timezones())


@cache
def zone_names() -> tuple[str, ...]:
    """Every zone that is a place, and UTC."""
    return ("UTC", *sorted(name for name in known_zones() if "/" in name and not name.startswith("Etc")))


def usable_zone(name: str, sentence: str = "calendar.no_zone") -> ZoneInfo:
    """The zone, or ``sentence`` for the person who wrote a name that is none."""
    try:
        return zone_named(name)
    except GoogleError:
        raise PageError(sentence, zone=name) from None


def chosen_zone(call: Call) -> str:
    """The zone in the address, else the one chosen before, else ``""``."""
    if asked := call.one("zone"):
        return usable_zone(asked).key
    for part in call.headers.get("cookie", "").split(";"):
        name, _, value = part.strip().partition("=")
        if name == COOKIE and value.replace("%2F", "/") in known_zones():
            return value.replace("%2F", "/")
    return ""


def remembered(answer: Answer, zone: str) -> Answer:
    """The next page opens in this zone again."""
    return replace(
        answer, headers={"set-cookie": f"{COOKIE}={quote(zone, safe='')}; Path=/; Max-Age={YEAR}; SameSite=Strict"}
    )
