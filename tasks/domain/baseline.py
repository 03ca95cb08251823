"""The first sight of a response sheet: what is made of the answers that stand in it already."""

from collections.abc import Sequence
from datetime import datetime

from tasks.domain.models import Response
from tasks.domain.submissions import Version


def first_sight(sheet: str, there: Sequence[Response], arrivals: Sequence[Version], youngest: datetime) -> str:
    """One sentence. ``there`` are the sheet's answers, ``arrivals`` those of them that are news."""
    too_old = sum(version.response.submitted_at < youngest for version in arrivals)
    return f"first sight of {sheet}: {len(there)} answers, {len(arrivals)} new, {too_old} too old to be acknowledged"
