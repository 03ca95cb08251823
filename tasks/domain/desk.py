"""Where answers are put: into a submission that is known, or into a new one; a row's position says nothing."""

from dataclasses import dataclass
from datetime import datetime

from tasks.domain.duplicates.proposal import Proposal, proposal_of
from tasks.domain.duplicates.rules import Rules
from tasks.domain.duplicates.screening import is_same
from tasks.domain.keys import choose_ref, is_of_forms, possible_refs, row_of
from tasks.domain.known_answers import Content, KnownAnswers, Recalled, content_of, ref_source
from tasks.domain.models import Response
from tasks.domain.submissions import Submission, Version, submissions
from tasks.domain.vanished import Vanished, left_a_copy, not_before


@dataclass(frozen=True, slots=True)
class Placed:
    """A response as a version of a submission, and whether that is a new one."""

    version: Version
    is_new: bool


class Desk:
    """What is known while a plan is made: what was recalled, and what was placed so far."""

    def __init__(self, recalled: Recalled, known: KnownAnswers, rules: Rules) -> None:
        self._known = known
        self._rules = rules
        self._present = recalled.present
        self._submissions = submissions(recalled.versions)
        self._newest: dict[str, dict[str, Version]] = {}
        self._contents: dict[Content, Version] = {}
        self._compared = recalled.compared
        self._standing: dict[str, dict[str, Proposal]] = {}
        self._senders: dict[str, set[str]] = {}
        self._arrived: dict[str, set[str]] = {}
        likely = {next(possible_refs(ref_source(response))) for response in recalled.news}
        self._free = likely.difference(known.taken(likely))
        for version in sorted(recalled.versions, key=lambda v: v.seen_at):
            self._remember(version)
        for submission in self._submissions.values():
            for version in submission.standing:
                self._stand(version)
        gone = [one for one in self._submissions.values() if self._has_vanished(one, recalled)]
        self._vanished = Vanished(gone, [one for one in recalled.news if gone and not self.knows(one)])

    def knows(self, response: Response) -> bool:
        """Whether this content was kept and not replaced since: what is put back after a change is news."""
        found = self._contents.get(content_of(response))
        if found is None:
            return False
        newest = self._newest[row_of(response.key)][found.ref]
        return newest is found or content_of(newest.response) in self._present

    def put(self, response: Response, now: datetime) -> Placed:
        """Find the submission that this response belongs to, or make a new one, and remember it there."""
        ref, is_new, replaced = self._place(response)
        version = Version(ref, not_before(response, replaced), now)
        self._vanished.settle(response, ref)
        self._remember(version)
        self._stand(version)
        before = self._submissions.get(ref)
        self._submissions |= submissions([*(before.versions if before else ()), version])
        return Placed(version, is_new)

    def _place(self, response: Response) -> tuple[str, bool, Response | None]:
        """The ref, whether it is a new one, and what the response's row held before."""
        for ref, version in self._newest.get(row_of(response.key), {}).items():
            if content_of(version.response) not in self._present:
                return ref, False, version.response
        marked = response.noted or is_of_forms(response.key)
        if marked and (gone := self._vanished.claim(response)):
            return gone.ref, False, gone.current
        if same := self._same(response):
            return same, False, None
        if gone := self._vanished.claim(response):
            return gone.ref, False, gone.current
        return choose_ref(ref_source(response), self._taken), True, None

    def perhaps_replaced(self, version: Version) -> list[Submission]:
        """Once all is placed: submissions whose rows are gone or copied, and of which this may be an unread edit."""
        response = version.response
        others = self._submissions.values() if response.noted else ()
        copied = [one for one in others if one.ref != version.ref and left_a_copy(one.current, response)]
        return [*self._vanished.perhaps(response), *copied]

    def standing(self, version: Version) -> Proposal:
        """A version that was put, as it is compared with others."""
        return self._standing[version.ref][row_of(version.response.key)]

    def words(self, version: Version) -> frozenset[str]:
        """By which words of the matcher a version that was put is found again."""
        return self._compared[content_of(version.response)].words

    def alike(self, proposal: Proposal) -> list[Proposal]:
        """What stands in other submissions and shares a word of the matcher or the sender, in a fixed order."""
        news = self._compared[content_of(proposal.response)]
        refs = news.near | self._senders.get(proposal.response.person.address_key, set())
        refs = refs.union(*(self._arrived[word] for word in news.words if word in self._arrived)) - {proposal.ref}
        return [one for ref in sorted(refs) for _, one in sorted(self._standing.get(ref, {}).items())]

    def _same(self, response: Response) -> str:
        """The submission of which this is another version: the one that arrived first, if there are several."""
        mine = self._compared[content_of(response)].proposal
        same = {one.ref for one in self.alike(mine) if is_same(mine, one, self._rules)}
        return min(same, key=lambda ref: (self._submissions[ref].received_at, ref), default="")

    def _remember(self, version: Version) -> None:
        self._newest.setdefault(row_of(version.response.key), {})[version.ref] = version
        self._contents[content_of(version.response)] = version

    def _stand(self, version: Version) -> None:
        """Let a version be compared, instead of what stood in its row before."""
        response, news = version.response, self._compared.get(content_of(version.response))
        known = news.proposal.known_as(version.ref) if news and news.proposal.response is response else None
        self._standing.setdefault(version.ref, {})[row_of(response.key)] = known or proposal_of(version.ref, response)
        self._senders.setdefault(response.person.address_key, set()).add(version.ref)
        for word in news.words if news else ():
            self._arrived.setdefault(word, set()).add(version.ref)

    def _taken(self, ref: str) -> bool:
        return ref in self._submissions or (ref not in self._free and bool(self._known.taken({ref})))

    def _has_vanished(self, submission: Submission, recalled: Recalled) -> bool:
        """Whether its newest answers stand nowhere any more, not even unreadable."""
        current = submission.current
        row = row_of(current.key)
        return (
            current.language in recalled.languages
            and content_of(current) not in self._present
            and len(self._newest[row]) > recalled.rows_seen[row]
        )
