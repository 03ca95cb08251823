"""What nobody knows about Google for certain, or what takes time there, as settings of the control path."""

from tasks.sandbox.failures import invalid
from tasks.sandbox.shapes import Json
from tasks.sandbox.store import Store

DEFAULTS: Json = {
    "logins_follow_clock": False,
    "form_stamps_have_milliseconds": True,
    "form_other_has_word": True,
    "form_numbers_become_numbers": False,
    "form_rename_changes_header": True,
    "form_filter_sees_edits": True,
    "conference_pending_reads": 0,
    "event_id_collisions_detected": True,
    "rewrite_message_id": True,
    "sent_search_delay_seconds": 0,
    "daily_sending_limit": 2000,
    "markers_follow_sort": False,
    "enforce_quota": False,
    "drive_lag_seconds": 0,
    "video_metadata_delay_minutes": 0,
    "recording_file_delay_minutes": 45,
    "short_pages": 0,
    "empty_first_page": False,
}


def switches(store: Store) -> Json:
    """All settings."""
    return {**DEFAULTS, **store.fact("switches", {})}


def switch(store: Store, name: str) -> int | bool:
    """One setting."""
    value: int | bool = switches(store)[name]
    return value


def propose(store: Store, name: str, *, value: int | bool) -> None:
    """Keep a setting unless somebody has chosen one."""
    if name not in store.fact("switches", {}):
        set_switches(store, {name: value})


def set_switches(store: Store, wanted: Json) -> Json:
    """Change some; 400 for an unknown name or a value of another type."""
    for name, value in wanted.items():
        if name not in DEFAULTS or type(value) is not type(DEFAULTS[name]):
            raise invalid(f"{name} = {value!r} is not a setting; there are {DEFAULTS}")
    store.set_fact("switches", store.fact("switches", {}) | wanted)
    return switches(store)
