"""What a person does with mail: write, reply, answer an invitation, throw away, send or discard a draft."""

from tasks.sandbox.failures import GoogleError
from tasks.sandbox.gmail.answers import answer
from tasks.sandbox.gmail.drafts import discard, draft_of, send_draft
from tasks.sandbox.gmail.letters import letter, quoted, refer, reply_subject, reply_to
from tasks.sandbox.gmail.mailboxes import Mailbox, office
from tasks.sandbox.gmail.messages import take_back, throw_away
from tasks.sandbox.gmail.sending import send
from tasks.sandbox.pages.mail import mailbox_named, own_name, place, summary
from tasks.sandbox.pages.mail_one import found
from tasks.sandbox.pages.page import PageError, form, page, to
from tasks.sandbox.shapes import Json
from tasks.sandbox.wire import Answer, Call, Operation, Work, operation


def _blank(call: Call) -> Answer:
    mailbox = mailbox_named(call)
    given = {name: call.one(name) for name in ("to", "subject")}
    usual = office(call.world).address if not mailbox.is_office else ""
    text = call.one("body")
    return page("mail_write.html", box=summary(mailbox), given={**given, "to": given["to"] or usual, "text": text})


def _write(call: Call) -> Answer:
    mailbox, wanted = mailbox_named(call), form(call)
    fields = {name: wanted.get(name, "").strip() for name in ("to", "subject", "text")}
    mail = letter(
        (own_name(mailbox, mailbox.all()), mailbox.address),
        fields["to"],
        fields["subject"],
        fields["text"],
        call.world.clock.now(),
    )
    sent = send(mailbox, mail.as_bytes())
    return to(f"{place(mailbox, sent['id'])}?sent=1")


def _reply(call: Call) -> Answer:
    mailbox, message = found(call)
    data, text = mailbox.data(message["id"]), form(call).get("text", "").strip()
    if not text:
        raise PageError("mail.no_words")
    sender = (own_name(mailbox, [message]), mailbox.address)
    written = f"{text}\n\n{quoted(data)}"
    mail = letter(sender, reply_to(data), reply_subject(data), written, call.world.clock.now())
    refer(mail, data)
    sent = send(mailbox, mail.as_bytes(), message["threadId"])
    return to(f"{place(mailbox, sent['id'])}?sent=1")


def _answer(call: Call) -> Answer:
    mailbox, message = found(call)
    try:
        answer(mailbox, message, form(call).get("answer", ""))
    except GoogleError:
        raise PageError("mail.not_asked") from None
    return to(f"{place(mailbox, message['id'])}?answered=1")


def _unread(call: Call) -> Answer:
    mailbox, message = found(call)
    mailbox.relabel(message, ["UNREAD"], [])
    return to(place(mailbox))


def _trash(call: Call) -> Answer:
    mailbox, message = found(call)
    throw_away(mailbox, message)
    return to(place(mailbox))


def _restore(call: Call) -> Answer:
    mailbox, message = found(call)
    kept = take_back(mailbox, message)
    if "SENT" not in kept["labelIds"]:
        mailbox.relabel(kept, ["INBOX"], [])
    return to(place(mailbox, message["id"]))


def _draft(call: Call) -> tuple[Mailbox, Json]:
    mailbox, message = found(call)
    draft = draft_of(mailbox, message)
    if draft is None:
        raise PageError("mail.no_draft", status=404)
    return mailbox, draft


def _send(call: Call) -> Answer:
    mailbox, draft = _draft(call)
    sent = send_draft(mailbox, draft)
    return to(f"{place(mailbox, sent['id'])}?sent=1")


def _discard(call: Call) -> Answer:
    mailbox, draft = _draft(call)
    discard(mailbox, draft)
    return to(f"{place(mailbox)}?in=drafts")


def _pressed(action: str, work: Work) -> Operation:
    path = "/mail/{box}/{message}/" + action
    return operation("pages", "POST", path, path, work)


OPERATIONS: list[Operation] = [
    operation("pages", "GET", "/mail/{box}/write", "/mail/{box}/write", _blank),
    operation("pages", "POST", "/mail/{box}/write", "/mail/{box}/write", _write),
    _pressed("reply", _reply),
    _pressed("answer", _answer),
    _pressed("unread", _unread),
    _pressed("trash", _trash),
    _pressed("restore", _restore),
    _pressed("send", _send),
    _pressed("discard", _discard),
]
