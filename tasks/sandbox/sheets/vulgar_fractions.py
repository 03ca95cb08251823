"""Number formats that show a fraction: ``# ?/?`` makes 1.25 ``1 1/4``, ``?/8`` makes it ``10/8``."""

import re
from fractions import Fraction

PATTERN = re.compile(r"(?P<whole>[#0?]+ )?[#0?]+/(?:(?P<fixed>\d*[1-9]\d*)|(?P<places>[#0?]+))")


def as_fraction(value: float, pattern: str) -> str | None:
    """The number as a fraction with at most so many digits below the line; None when the pattern asks for none."""
    found = PATTERN.fullmatch(pattern.strip())
    if found is None:
        return None
    most = int(found["fixed"] or 10 ** len(found["places"] or "") - 1)
    size = Fraction(abs(value))
    near = Fraction(round(size * most), most) if found["fixed"] else size.limit_denominator(most)
    whole, rest = divmod(near, 1) if found["whole"] else (0, near)
    below = most if found["fixed"] else rest.denominator
    part = f"{int(rest * below)}/{below}" if rest or not found["whole"] else ""
    sign = "-" if value < 0 and near else ""
    return sign + (" ".join(filter(None, (str(whole) if whole else "", part))) or "0")
