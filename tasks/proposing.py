"""Proposes the date of a session to its presenters, when staff ask for it in *Sessions*."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial

from tasks.chapter import Run
from tasks.correspondence import about_talk
from tasks.domain.announcements import kept_out
from tasks.domain.conversation_mails import Talk, compose_conversation
from tasks.domain.display import find_tab
from tasks.domain.effects import Effect, EffectKind, by_ref
from tasks.domain.invitations import Guest, GuestBook
from tasks.domain.letter_names import OF_SESSIONS, meanings
from tasks.domain.letter_wishes import wish_key
from tasks.domain.models import Session
from tasks.domain.proposals import LETTER, ProposalReader, Proposals, promised_proposals, proposal_key, proposal_of
from tasks.domain.sessions import SessionsReading
from tasks.domain.wording import AS_USUAL, Wording
from tasks.gate import Letter
from tasks.staff import Staff


def hear_proposals(run: Run, staff: Staff, reading: SessionsReading, book: GuestBook) -> list[Letter]:
    """Promise what the column *Send letter* of *Sessions* asks for; answers what is to be sent by now."""
    ledger, columns = run.services.ledger, staff.register.sessions
    tab, _ = find_tab(staff.book, columns)
    if tab is None:
        return []
    asked, effects = ledger.asked_for.asked(), by_ref(ledger.effects(EffectKind.mail))
    settings = run.services.settings
    meaning = meanings(settings.every_words, OF_SESSIONS)
    reader = ProposalReader(columns, settings.languages, meaning, staff.proposals, staff.book.time_zone)
    found = reader.read(tab, reading, asked, run.now)
    run.outcome.problems += found.problems
    wordings: dict[str, Wording] = {}
    for ref, wording in found.ready.items():
        promised = promised_proposals(found.sessions[ref], book, effects.get(ref, {}))
        if not promised:
            run.outcome.skipped["asked about this date already"] += 1
        if run.live:
            ledger.asked_for.ask(promised, wording, run.now, wish=wish_key(LETTER, ref))
        wordings |= {mail.key: wording for mail in promised}
    over = {wish for ref in reading.rows.keys() - found.standing if (wish := wish_key(LETTER, ref)) in asked}
    if run.live and over:
        ledger.asked_for.unticked(over)
    return list(_letters(run, found, book, effects, {**ledger.asked_for.wordings(), **wordings}))


def _letters(
    run: Run,
    found: Proposals,
    book: GuestBook,
    effects: Mapping[str, Mapping[str, Effect]],
    wordings: Mapping[str, Wording],
) -> Iterator[Letter]:
    """What was promised for the date that stands there by now."""
    for ref, session in found.sessions.items():
        for guest in book.presenters(session):
            key = proposal_key(session, guest.person_id)
            known = effects.get(ref, {}).get(key)
            if (known and known.may_go) or (known is None and key in wordings):
                yield _letter(run, session, guest, wordings.get(key, AS_USUAL))


def _letter(run: Run, session: Session, guest: Guest, wording: Wording) -> Letter:
    to = replace(guest.person, name="") if session.safer else guest.person
    effect = proposal_of(session, guest)
    talk = Talk(
        session.ref,
        "" if session.safer else session.title,
        times=(session.starts,),
        minutes=session.minutes,
        zone=guest.zone or session.zone,
        preface=wording.preface,
    )
    compose = partial(
        compose_conversation,
        run.services.letters,
        run.services.settings.programme.sender,
        kind=LETTER.kind,
        key=effect.key,
        to=to,
        language=guest.language,
        talk=talk,
        made_at=run.now,
    )
    return Letter(
        key=effect.key,
        ref=session.ref,
        words=f"{session.ref}: date proposed to {guest.where} ({guest.person_id}), in {guest.language}",
        to=to,
        compose=compose,
        about=replace(about_talk(talk, to), hidden=kept_out(session, guest.person)),
        expires_at=session.starts,
    )
