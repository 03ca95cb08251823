"""Gathers what a lost ledger held of recordings that presenters were asked to look at: the letters, from Sent."""

import email
from collections.abc import Iterable, Mapping

from tasks.adapters.gmail import SentMail
from tasks.domain.effects import Effect, EffectKind, EffectState
from tasks.domain.models import Session
from tasks.domain.reviews import file_in
from tasks.domain.sharing import letter_key
from tasks.rebuilding import Rebuilding
from tasks.steps import step


async def without_review_letters(
    work: Rebuilding, session: Session, mails: Mapping[str, list[SentMail]]
) -> dict[str, list[SentMail]]:
    """The other mails about a session to each person (a keyed hash); letters about its recordings are found effects.

    They were sent after the session began, and name a link of the archive; their codes followed from the secret that
    is lost. A permission needs no looking for: it is found in the file's list before it is given again. Raises Fault.
    """
    ref = session.ref
    filed = {effect.link for effect in work.found.effects if effect.ref == ref and effect.kind is EffectKind.row}
    files = {link: file_id for link in filed if (file_id := file_in(link))}
    others: dict[str, list[SentMail]] = {}
    for person_id, found in mails.items():
        for mail in found:
            links = await links_in(work, ref, mail, files) if files and mail.sent_at > session.starts else []
            keys = [letter_key(ref, person_id, files[link]) for link in links]
            work.found.add([_sent(key, ref, mail) for key in keys])
            if not keys:
                others.setdefault(person_id, []).append(mail)
    return others


def _sent(key: str, ref: str, mail: SentMail) -> Effect:
    return Effect(key, EffectKind.mail, ref, EffectState.sent, mail.message_id, settled_at=mail.sent_at)


@step("look into a mail about {ref}")
async def links_in(work: Rebuilding, ref: str, mail: SentMail, links: Iterable[str]) -> list[str]:  # noqa: ARG001 (a name)
    """Which of these links are printed in a mail that was sent. Raises Fault."""
    parts = email.message_from_bytes(work.run.services.gmail.raw(mail.message_id)).walk()
    texts = [text for part in parts if isinstance(text := part.get_payload(decode=True), bytes)]
    return [link for link in links if any(link.encode() in text for text in texts)]
