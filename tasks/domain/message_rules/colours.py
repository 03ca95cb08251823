"""How well two colours stand out against each other (WCAG 2.2, contrast ratio)."""

import re
from functools import lru_cache

HEX = re.compile(r"#(?:([0-9a-f])([0-9a-f])([0-9a-f])|([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2}))")
NAMED = {"black": "#000000", "white": "#ffffff"}
DARK_PART = 0.04045


@lru_cache(maxsize=1024)
def contrast(one: str, other: str) -> float | None:
    """From 1 (the same) to 21 (black and white); None for a colour that is neither ``#rrggbb`` nor black or white."""
    lights = [_luminance(colour) for colour in (one, other)]
    if lights[0] is None or lights[1] is None:
        return None
    dark, light = sorted((lights[0], lights[1]))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float | None:
    found = HEX.fullmatch(NAMED.get(colour, colour))
    if found is None:
        return None
    shares = [int(part * 2 if len(part) == 1 else part, 16) / 255 for part in found.groups() if part]
    red, green, blue = (share / 12.92 if share <= DARK_PART else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
