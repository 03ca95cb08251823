"""Colours as Google gives them back: in steps of 1/255, and always in both spellings of the API."""

import struct
from collections.abc import Mapping

from tasks.sandbox.shapes import Json
from tasks.sandbox.sheets.theme import COLOURS

STEPS = 255
PARTS = ("red", "green", "blue")
FEWEST, MOST = 6, 10


def rounded(colour: Json) -> Json:
    """A ``Color``; parts that are zero vanish."""
    parts = {name: _step(part) if name in PARTS else part for name, part in colour.items()}
    return {name: part for name, part in parts.items() if part or name == "alpha"}


def partnered(message: Json, colours: list[str]) -> Json:
    """The message with ``xColor`` beside ``xColorStyle`` for the named colours; the style takes precedence."""
    for plain in colours:
        style = f"{plain}Style"
        if style in message:
            message.pop(plain, None)
            if (colour := _plain(message[style])) is not None:
                message[plain] = colour
        elif plain in message:
            message[style] = {"rgbColor": message[plain]}
    return message


def with_partners(mask: Mapping[str, Json]) -> dict[str, Json]:
    """A mask that names a colour in one spelling means both."""
    found = {name: with_partners(inner) for name, inner in mask.items()}
    for name in list(found):
        if name.endswith("Color"):
            found.setdefault(f"{name}Style", {})
        if name.endswith("ColorStyle"):
            found.setdefault(name.removesuffix("Style"), {})
    return found


def _plain(style: Json) -> Json | None:
    if "rgbColor" in style:
        colour: Json = style["rgbColor"]
        return colour
    parts = COLOURS.get(style.get("themeColor", ""))
    return None if parts is None else dict(zip(PARTS, parts, strict=False))


def _step(part: object) -> object:
    if isinstance(part, bool) or not isinstance(part, int | float):
        return part
    step = int(min(max(part, 0), 1) * STEPS + 1e-6)
    return 1 if step == STEPS else _single(step / STEPS)


def _single(number: float) -> float:
    """The shortest spelling of a number in single precision."""
    (exact,) = struct.unpack("f", struct.pack("f", number))
    spelt = (float(f"{exact:.{digits}g}") for digits in range(FEWEST, MOST))
    return next(short for short in spelt if struct.pack("f", short) == struct.pack("f", number))
