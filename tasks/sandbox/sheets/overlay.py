"""Fields that a request changes: laid over what is there, as its mask says."""

from collections.abc import Collection
from typing import Any

from tasks.sandbox.discovery.documents import documents
from tasks.sandbox.failures import GoogleError, invalid, not_modelled
from tasks.sandbox.masks import Mask, parse
from tasks.sandbox.shapes import Json
from tasks.sandbox.sheets.colours import with_partners

NO_FIELDS = "At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)"


def mask_of(wanted: Json) -> Mask:
    """``fields`` of a request; 400 when it names none."""
    mask = parse(wanted.get("fields", ""))
    if not mask:
        raise invalid(NO_FIELDS)
    return with_partners(mask)


def selected(mask: Mask, schema: str, known: Collection[str]) -> Mask:
    """The mask with ``*`` spelt out; 501 for a field of this schema that is not modelled, 400 for any other name."""
    if "*" in mask:
        return {name: {} for name in known}
    for name in mask:
        if name not in known:
            raise unknown_field(schema, name)
    return mask


def unknown_field(schema: str, name: str) -> GoogleError:
    """Why a mask cannot name this."""
    if name in documents("sheets")[0].schemas[schema]["properties"]:
        return not_modelled(f"changing {name} of {schema}")
    return invalid(f"Invalid field: {name}")


def overlaid(old: Json, new: Json, mask: Mask) -> Json:
    """The old message with the selected fields of the new one; a selected field that is unset goes."""
    if not mask or "*" in mask:
        return new
    found = dict(old)
    for name, inner in mask.items():
        value = new.get(name)
        if inner and isinstance(found.get(name, {}), dict) and (value is None or isinstance(value, dict)):
            value = overlaid(found.get(name, {}), value or {}, inner) or None
        if value is None:
            found.pop(name, None)
        else:
            found[name] = value
    return found


def stored(value: Any) -> Any:  # noqa: ANN401 (any JSON value)
    """A message as it is read back: false, empty text and empty lists vanish, empty messages stay."""
    if isinstance(value, list):
        return [stored(item) for item in value]
    if isinstance(value, dict):
        kept = {name: stored(part) for name, part in value.items()}
        return {name: part for name, part in kept.items() if part is not False and part not in ("", [])}
    return value
