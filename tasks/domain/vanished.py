"""Rows that are gone, and which of the new ones holds what became of them."""

from collections.abc import Sequence
from dataclasses import replace

from tasks.domain.edits import adopted, by_same_person, differences, edited, marked_edit, readdressed
from tasks.domain.keys import is_of_forms
from tasks.domain.models import Response
from tasks.domain.submissions import Submission


class Vanished:
    """Submissions whose newest answers stand nowhere; each explains one of the newcomers, the one most like it."""

    def __init__(self, gone: Sequence[Submission], newcomers: Sequence[Response]) -> None:
        self._gone = list(gone)
        self._newcomers = list(newcomers)
        self._were_gone = tuple(one.current for one in gone)
        self._were_new = tuple(newcomers)

    def claim(self, response: Response) -> Submission | None:
        """The submission whose row this is, rewritten."""
        found = [one for one in self._gone if self._is_nearest(one.current, response)]
        nearest = min(found, key=lambda one: differences(one.current, response), default=None)
        if nearest:
            self._gone.remove(nearest)
        return nearest

    def settle(self, response: Response, ref: str) -> None:
        """It has its place and claims nothing more; the submission that it is in stands again."""
        self._newcomers = [one for one in self._newcomers if one != response]
        self._gone = [one for one in self._gone if one.ref != ref]

    def perhaps(self, response: Response) -> list[Submission]:
        """Submissions that stand nowhere still, and of which this new one may be what became: nobody can tell."""
        return [one for one in self._gone if _may_rewrite(response, one.current)]

    def _is_nearest(self, gone: Response, response: Response) -> bool:
        rivals = [one for one in self._newcomers if self._rewrites(one, gone)]
        likest = min((differences(gone, one) for one in rivals), default=0)
        return self._rewrites(response, gone) and differences(gone, response) <= likest

    def _rewrites(self, response: Response, gone: Response) -> bool:
        """A ``responseId`` that is gone was deleted, and a new one is never another one's edit."""
        of_forms = [is_of_forms(one.key) for one in (gone, response)]
        if all(of_forms):
            return False
        return (adopted if any(of_forms) else readdressed)(gone, response) or self._is_edit(response, gone)

    def _is_edit(self, response: Response, gone: Response) -> bool:
        around = [sum(by_same_person(gone, one) for one in some) for some in (self._were_gone, self._were_new)]
        return edited(gone, response, alone=max(around) == 1)


def not_before(response: Response, before: Response | None) -> Response:
    """What replaces a row is newer, though clocks go back in autumn and time zones of sheets are changed."""
    if before and before.submitted_at > response.submitted_at:
        return replace(response, submitted_at=before.submitted_at)
    return response


def left_a_copy(before: Response, response: Response) -> bool:
    """Whether Forms marked it as an edit, perhaps of this row: somebody may have left a copy of what stood there."""
    marked = bool(response.noted) and marked_edit(before, response)
    return marked and before.submitted_at < response.submitted_at and _may_rewrite(response, before)


def _may_rewrite(response: Response, before: Response) -> bool:
    """Whether it may be an edit that no poll has seen as one. Another year's proposal is another proposal."""
    of_forms = is_of_forms(before.key) and is_of_forms(response.key)
    same_year = before.submitted_at.year == response.submitted_at.year
    return not of_forms and same_year and by_same_person(before, response)
