"""Decides who is invited to which session, in which language and for which time zone."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from tasks.domain.mail_identity import MailKind
from tasks.domain.models import Member, News, Person, Session
from tasks.domain.submissions import Submission
from tasks.domain.wishes import NO_WISHES, Wishes


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody who belongs to the audience of a session."""

    person: Person
    person_id: str
    kind: MailKind
    language: str
    zone: str
    where: str


class GuestBook:
    """Knows everybody who may be invited: the presenters of a session and the subscribed members."""

    def __init__(
        self,
        members: Sequence[Member],
        submissions: Mapping[str, Submission],
        identify: Callable[[str], str],
        topics: str = "",
        wishes: Wishes = NO_WISHES,
    ) -> None:
        """``topics`` is the field of a submission that holds the topics of its session."""
        self._wishes = wishes
        self._by_key = {member.person.address_key: member for member in members}
        self._submissions = submissions
        self._identify = identify
        self._topics_field = topics

    def everybody(self, session: Session) -> list[Guest]:
        """Presenters first, then all members who did not unsubscribe; a member who presents is a presenter."""
        members = [member for member in self._by_key.values() if not member.unsubscribed]
        return [*self.presenters(session), *self._audience(session, members)]

    def guests(self, session: Session, news: News = News.invitations) -> list[Guest]:
        """Everybody but the members who want no such mails, or chose other topics than those of the session."""
        topics = self._topics(session)
        members = [member for member in self._by_key.values() if member.wants(news, topics)]
        return [*self.presenters(session), *self._audience(session, members)]

    def presenters(self, session: Session) -> list[Guest]:
        """Those with an address, each once."""
        found: dict[str, Guest] = {}
        for number, presenter in enumerate(session.presenters, start=1):
            if (person := presenter.person) and person.address_key not in found:
                member = self._by_key.get(person.address_key)
                found[person.address_key] = Guest(
                    self._wishes.asked(person),
                    self._identify(person.address_key),
                    MailKind.speaker_invitation,
                    member.language if member else self._language(session, person),
                    member.zone if member else "",
                    f"presenter {number}",
                )
        return list(found.values())

    def _audience(self, session: Session, members: Sequence[Member]) -> list[Guest]:
        presenting = {one.person.address_key for one in session.presenters if one.person}
        return [
            Guest(
                member.person,
                self._identify(member.person.address_key),
                MailKind.invitation,
                member.language,
                member.zone,
                f"Members row {member.row}",
            )
            for member in members
            if member.person.address_key not in presenting
        ]

    def _topics(self, session: Session) -> frozenset[str]:
        """Those that its submission ticked; a free answer is no topic that a member could have chosen."""
        submission = self._submissions.get(session.ref)
        codes = submission.current.codes.get(self._topics_field, ()) if submission else ()
        return frozenset(code for code in codes if ":" not in code)

    def _language(self, session: Session, person: Person) -> str:
        submission = self._submissions.get(session.ref)
        if submission and submission.current.person.address_key == person.address_key:
            return submission.current.language
        return session.language
