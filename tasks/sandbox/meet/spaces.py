"""Spaces: what stands behind a meeting code."""

from tasks.sandbox.drive.access import address_of
from tasks.sandbox.failures import GoogleError, invalid, not_found
from tasks.sandbox.masks import names, parse
from tasks.sandbox.meet.conferences import active
from tasks.sandbox.meet.making import stop
from tasks.sandbox.meet.names import code_of, identifier
from tasks.sandbox.shapes import Json
from tasks.sandbox.wire import Answer, Call, answer, masked
from tasks.sandbox.world import World

KIND = "space"
USUAL = {"accessType": "TRUSTED", "entryPointAccess": "ALL"}
SWITCH = ("ON", "OFF")
ALLOWED = {
    "accessType": ("OPEN", "TRUSTED", "RESTRICTED"),
    "entryPointAccess": ("ALL", "CREATOR_APP_ONLY"),
    "moderation": SWITCH,
    "attendanceReportGenerationType": ("GENERATE_REPORT", "DO_NOT_GENERATE"),
    "autoRecordingGeneration": SWITCH,
    "autoTranscriptionGeneration": SWITCH,
    "autoSmartNotesGeneration": SWITCH,
    "chatRestriction": ("HOSTS_ONLY", "NO_RESTRICTION"),
    "presentRestriction": ("HOSTS_ONLY", "NO_RESTRICTION"),
    "reactionRestriction": ("HOSTS_ONLY", "NO_RESTRICTION"),
    "defaultJoinAsViewerType": SWITCH,
}


def add_space(world: World, code: str, owner: str = "") -> Json:
    """The space behind a meeting code, made when it is first heard of."""
    space: Json = world.store.get(KIND, code) or {
        "name": f"spaces/{identifier('space', code)[:12]}",
        "meetingUri": f"https://meet.google.com/{code}",
        "meetingCode": code,
        "config": USUAL,
        "owner": owner or world.owner,
    }
    world.store.put(KIND, code, space)
    return space


def get(call: Call) -> Answer:
    """``spaces.get``, by id or by meeting code."""
    return masked(call, _resource(call.world, _known(call)))


def create(call: Call) -> Answer:
    """``spaces.create``: a space under a new code; of the body only ``config`` counts."""
    number = call.world.store.next_number(KIND)
    space = add_space(call.world, code_of(f"space {number}"), address_of(call))
    space = space | {"config": USUAL | _checked(call.json().get("config") or {})}
    call.world.store.put(KIND, space["meetingCode"], space)
    return masked(call, _resource(call.world, space))


def patch(call: Call) -> Answer:
    """``spaces.patch``: the fields of ``updateMask``, without one all that are given."""
    space, wanted = _known(call), call.json().get("config") or {}
    mask = parse(call.one("updateMask")) or {"config": {}}
    if set(mask) - {"config", "*"}:
        raise invalid("Invalid update mask: only fields of config can be updated.")
    config = dict(space["config"])
    paths = list(names(mask.get("config") or {})) or _leaves(wanted)
    for path in paths:
        _put(config, path.split("."), wanted)
    space = space | {"config": _checked(config)}
    call.world.store.put(KIND, space["meetingCode"], space)
    return masked(call, _resource(call.world, space))


def end(call: Call) -> Answer:
    """``spaces.endActiveConference``; nothing happens where nobody is."""
    stop(call.world, _known(call)["name"])
    return answer({})


def known_space(world: World, wanted: str) -> Json | None:
    """By the part after ``spaces/``: an id, or a meeting code as its alias."""
    for space in world.store.all(KIND):
        if wanted in {space["meetingCode"], space["name"].removeprefix("spaces/")}:
            return space
    return None


def _known(call: Call) -> Json:
    space = known_space(call.world, call.parts["space"])
    if space is None:
        raise not_found()
    if space.get("owner", call.world.owner) != address_of(call):
        raise GoogleError(403, "The caller does not have permission")
    return space


def _resource(world: World, space: Json) -> Json:
    body = {name: value for name, value in space.items() if name != "owner"}
    running = active(world, space["name"])
    return body | ({"activeConference": {"conferenceRecord": running["name"]}} if running else {})


def _leaves(config: Json, before: str = "") -> list[str]:
    found: list[str] = []
    for name, value in config.items():
        found += _leaves(value, f"{before}{name}.") if isinstance(value, dict) else [before + name]
    return found


def _put(config: Json, path: list[str], wanted: Json) -> None:
    """Take one field over; what the mask names and the body has not is unset."""
    name, *rest = path
    if rest:
        config[name] = dict(config.get(name) or {})
        _put(config[name], rest, wanted.get(name) or {})
    elif wanted.get(name) is None:
        config.pop(name, None)
    else:
        config[name] = wanted[name]


def _checked(config: Json, before: str = "space.config") -> Json:
    for name, value in config.items():
        if isinstance(value, dict):
            _checked(value, f"{before}.{name}")
        elif value not in ALLOWED.get(name, ()):
            raise invalid(f"Invalid value at '{before}.{name}', \"{value}\"")
    return config
