"""Sessions, submissions and effects with one deviation, for the plans."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from tasks.domain.calendar_events import event_key, timing
from tasks.domain.effects import Effect, EffectKind, EffectState
from tasks.domain.invitations import GuestBook
from tasks.domain.models import Member, Person, Presenter, Session, SessionStatus
from tasks.domain.revisions import Revision
from tasks.domain.submissions import Submission, Version
from tasks.domain.wishes import NO_WISHES
from tests.domain.sheet_builders import the_response

STARTS = datetime(2024, 5, 16, 12, 0, tzinfo=UTC)
BEFORE = STARTS - timedelta(days=30)
LINK = "https://meet.google.com/abc-defg-hij"


def a_person(name="Rima Khoury", address="rima@example.org"):
    return Person(name, address, address.lower())


def a_presenter(name="Rima Khoury", address="rima@example.org"):
    return Presenter(name, name, a_person(name, address) if address else None)


def a_member(name="Eva", address="eva@example.org", **deviation):
    return replace(Member(a_person(name, address), "es", "America/Lima", 2), **deviation)


def a_session(**deviation):
    session = Session("K7P2QX", 2, "Fathers", STARTS, 90, "Africa/Nairobi", "en", (a_presenter(),), "public")
    return replace(session, **deviation)


def an_event(session=None, **deviation):
    session = session or a_session()
    event = Effect(
        event_key(session.ref), EffectKind.event, session.ref, EffectState.sent, detail=timing(session), link=LINK
    )
    return replace(event, **deviation)


def a_revision(session=None, sequence=0, status=SessionStatus.confirmed):
    return Revision(sequence, status, session or a_session(), BEFORE)


def identify(address_key):
    return f"id-{address_key.partition('@')[0]}"


def a_book(*members, submissions=None, wishes=NO_WISHES):
    return GuestBook(members, submissions or {}, identify, topics="themes", wishes=wishes)


def a_mail(key, state=EffectState.sent, **deviation):
    return Effect(key, EffectKind.mail, "K7P2QX", state, **deviation)


def by_key(*effects):
    return {effect.key: effect for effect in effects}


def a_submission(*versions, ref="K7P2QX"):
    versions = versions or (the_response(),)
    return Submission(ref, tuple(Version(ref, response, BEFORE) for response in versions))
