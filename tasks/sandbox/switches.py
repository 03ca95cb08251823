"""What nobody knows about Google for certain, or what takes time there, as settings of the control path."""

from tasks.sandbox.failures import invalid
from tasks.sandbox.shapes import Json
from tasks.sandbox.store import Store

DEFAULTS: Json = {
    "conference_pending_reads": 0,
    "rewrite_message_id": True,
    "sent_search_delay_seconds": 0,
    "markers_follow_sort": False,
}


def switches(store: Store) -> Json:
    """All settings."""
    return {**DEFAULTS, **store.fact("switches", {})}


def switch(store: Store, name: str) -> int | bool:
    """One setting."""
    value: int | bool = switches(store)[name]
    return value


def set_switches(store: Store, wanted: Json) -> Json:
    """Change some; 400 for an unknown name or a value of another type."""
    for name, value in wanted.items():
        if name not in DEFAULTS or type(value) is not type(DEFAULTS[name]):
            raise invalid(f"{name} = {value!r} is not a setting; there are {DEFAULTS}")
    store.set_fact("switches", switches(store) | wanted)
    return switches(store)
