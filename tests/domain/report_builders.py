"""Delivery reports as mail servers write them, made from one of our mails; and other mail that is none."""

import base64

from tasks.domain.keys import digest

OURS = "<inv.0123456789abcdef0123456789abcdef.1@colab.example.org>"
REWRITTEN = "<CAB+4xyz-1@mail.gmail.com>"
GONE = "gone@members.example.net"
MAIL = """From: CoLab <colab@colab.example.org>
To: Gone <{to}>
Subject: Invitation
References: <sub.0123456789abcdef0123456789abcdef@colab.example.org>
Message-ID: {id}

Hello
"""
POSTFIX = """Return-Path: <>
Date: Mon, 4 Mar 2024 10:00:00 +0000 (UTC)
From: MAILER-DAEMON@mx.example.org (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: colab@colab.example.org
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
\tboundary="B1.1709546400/mx.example.org"
Message-Id: <20240304100000.B1@mx.example.org>

This is a MIME-encapsulated message.

--B1.1709546400/mx.example.org
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

This is the mail system at host mx.example.org.

I'm sorry to have to inform you that your message could not
be delivered to one or more recipients. It's attached below.

<{to}>: host mail.example.net[192.0.2.7] said: 550 {status} <{to}>:
    Recipient address rejected (in reply to RCPT TO command)

--B1.1709546400/mx.example.org
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org
X-Postfix-Queue-ID: B1
X-Postfix-Sender: rfc822; colab@colab.example.org
Arrival-Date: Mon,  4 Mar 2024 09:59:58 +0000 (UTC)

Final-Recipient: rfc822; {to}
Original-Recipient: rfc822;{to}
Action: {action}
Status: {status}
Remote-MTA: dns; mail.example.net
Diagnostic-Code: smtp; 550 {status} <{to}>: Recipient address rejected

--B1.1709546400/mx.example.org
Content-Description: Undelivered Message
Content-Type: message/rfc822

{mail}
--B1.1709546400/mx.example.org--
"""
POSTFIX_HEADERS_ONLY = POSTFIX.replace("message/rfc822", "text/rfc822-headers")
EXCHANGE = """From: <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@members.example.net>
To: <colab@colab.example.org>
Date: Mon, 4 Mar 2024 10:00:00 +0000
Content-Type: multipart/report; report-type=delivery-status;
\tboundary="73f3a5b5-f8ad-4d08-9a66-a1a1a1a1a1a1"
X-MS-Exchange-Message-Is-Ndr:
Message-ID: <8c5d1c1b-1@members.example.net>
In-Reply-To: {id}
References: {id}
Subject: Undeliverable: Invitation
Auto-Submitted: auto-replied

--73f3a5b5-f8ad-4d08-9a66-a1a1a1a1a1a1
Content-Type: multipart/alternative; differences=Content-Type;
\tboundary="inner"

--inner
Content-Type: text/plain; charset="us-ascii"
Content-Transfer-Encoding: quoted-printable

Delivery has failed to these recipients or groups:

--inner
Content-Type: text/html; charset="us-ascii"
Content-Transfer-Encoding: quoted-printable

<html><body><p>Delivery has failed</p></body></html>

--inner--

--73f3a5b5-f8ad-4d08-9a66-a1a1a1a1a1a1
Content-Type: message/delivery-status

Reporting-MTA: dns;EX1.members.example.net
Received-From-MTA: dns;mx.example.org
Arrival-Date: Mon, 4 Mar 2024 09:59:59 +0000

Original-Recipient: rfc822;{to}
Final-Recipient: rfc822;{to}
Action: {action}
Status: {status}
Diagnostic-Code: smtp;550 {status} RESOLVER.ADR.RecipientNotFound;
 Recipient not found by SMTP address lookup
X-Display-Name: Gone

--73f3a5b5-f8ad-4d08-9a66-a1a1a1a1a1a1
Content-Type: message/rfc822

{mail}
--73f3a5b5-f8ad-4d08-9a66-a1a1a1a1a1a1--
"""
GMAIL = """Delivered-To: colab@colab.example.org
Return-Path: <>
From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>
To: colab@colab.example.org
Auto-Submitted: auto-replied
Subject: Delivery Status Notification (Failure)
References: {id}
In-Reply-To: {id}
X-Failed-Recipients: {to}
Message-ID: <65e5a5a5.0c0a0220.1@mx.google.com>
Date: Mon, 04 Mar 2024 02:00:00 -0800 (PST)
MIME-Version: 1.0
Content-Type: multipart/report; boundary="000000000000aa"; report-type=delivery-status

--000000000000aa
Content-Type: multipart/related; boundary="000000000000bb"

--000000000000bb
Content-Type: multipart/alternative; boundary="000000000000cc"

--000000000000cc
Content-Type: text/plain; charset="UTF-8"

** Address not found **

--000000000000cc--
--000000000000bb
Content-Type: image/png; name="icon.png"
Content-Disposition: attachment; filename="icon.png"
Content-Transfer-Encoding: base64

iVBORw0KGgo=

--000000000000bb--
--000000000000aa
Content-Type: message/delivery-status

Reporting-MTA: dns; googlemail.com
Received-From-MTA: dns; colab@colab.example.org
Arrival-Date: Mon, 04 Mar 2024 01:59:59 -0800 (PST)
X-Original-Message-ID: {id}

Final-Recipient: rfc822; {to}
Action: {action}
Status: {status}
Remote-MTA: dns; mail.example.net. (192.0.2.7, the server for the domain.)
Diagnostic-Code: smtp; 550-{status} The email account that you tried to reach does not exist.
Last-Attempt-Date: Mon, 04 Mar 2024 02:00:00 -0800 (PST)

--000000000000aa
Content-Type: message/rfc822

{mail}
--000000000000aa--
"""
EXIM = """Return-path: <>
Date: Mon, 04 Mar 2024 10:00:00 +0000
X-Failed-Recipients: {to}
Auto-Submitted: auto-replied
From: Mail Delivery System <Mailer-Daemon@exim.example.org>
To: colab@colab.example.org
References: {id}
Content-Type: multipart/report; report-type=delivery-status; boundary=1709546400-eximdsn-1
MIME-Version: 1.0
Subject: Mail delivery failed: returning message to sender
Message-Id: <E1rh000-0000aa-00@exim.example.org>

--1709546400-eximdsn-1
Content-type: text/plain; charset=us-ascii

This message was created automatically by mail delivery software.

  {to}
    host mail.example.net [192.0.2.7]
    SMTP error from remote mail server after RCPT TO:<{to}>:
    550 {status} no such user

--1709546400-eximdsn-1
Content-type: message/delivery-status

Reporting-MTA: dns; exim.example.org

Action: {action}
Final-Recipient: rfc822;{to}
Status: 5.0.0
Remote-MTA: dns; mail.example.net
Diagnostic-Code: smtp; 550 {status} no such user

--1709546400-eximdsn-1
Content-type: message/rfc822

{mail}
--1709546400-eximdsn-1--
"""
OLD_EXIM = """Return-path: <>
X-Failed-Recipients: {to}
From: Mail Delivery System <Mailer-Daemon@exim.example.org>
To: colab@colab.example.org
Subject: Mail delivery failed: returning message to sender
Message-Id: <E1rh000-0000aa-01@exim.example.org>

A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address(es) failed:

  {to}
    SMTP error from remote mail server after RCPT TO:<{to}>:
    550 {status} unknown user

------ This is a copy of the message, including all the headers. ------

{mail}
"""
QMAIL = """Return-Path: <>
From: MAILER-DAEMON@qmail.example.org
To: colab@colab.example.org
Subject: failure notice
Message-ID: <20240304.qmail@qmail.example.org>

Hi. This is the qmail-send program at qmail.example.org.
I'm afraid I wasn't able to deliver your message to the following addresses.

<{to}>:
Sorry, no mailbox here by that name. (#{status})

--- Below this line is a copy of the message.

{mail}
"""
SERVERS = {
    "Postfix": POSTFIX,
    "Postfix, headers only": POSTFIX_HEADERS_ONLY,
    "Exchange": EXCHANGE,
    "Gmail": GMAIL,
    "Exim": EXIM,
    "old Exim": OLD_EXIM,
    "qmail": QMAIL,
}
VACATION = """From: Eva <eva@example.org>
To: colab@colab.example.org
Auto-Submitted: auto-replied
Subject: Out of office: Invitation
In-Reply-To: {id}
References: {id}
Message-ID: <away@example.org>

I am away. In urgent cases call 5.1.1 or 550.
"""
READ_RECEIPT = """From: Eva <eva@example.org>
To: colab@colab.example.org
Subject: Read: Invitation
Message-ID: <read@example.org>
Content-Type: multipart/report; report-type=disposition-notification; boundary=x

--x
Content-Type: text/plain

Your message was read.

--x
Content-Type: message/disposition-notification

Final-Recipient: rfc822;eva@example.org
Original-Message-ID: {id}
Disposition: manual-action/MDN-sent-manually; displayed

--x--
"""
LETTER = """From: Eva <eva@example.org>
To: colab@colab.example.org
Subject: Re: Invitation
In-Reply-To: {id}
Message-ID: <letter@example.org>

Mail delivery failed with 550 5.1.1, said my neighbour about {id}.
"""
FORWARDED = """From: Eva <eva@example.org>
To: colab@colab.example.org
Subject: Fwd: Undelivered Mail Returned to Sender
Message-ID: <forward@example.org>
Content-Type: multipart/mixed; boundary=outer

--outer
Content-Type: text/plain

What does this mean?

--outer
Content-Type: message/rfc822

{report}
--outer--
"""
NO_REPORTS = {
    "out of office": VACATION,
    "a read receipt": READ_RECEIPT,
    "a letter that speaks of one": LETTER,
    "a report that a person forwards": FORWARDED,
}


COMPLAINT = """From: <feedback@arf.example.com>
Date: Mon, 4 Mar 2024 10:00:00 +0000
Subject: FW: Invitation
To: <colab@colab.example.org>
Message-ID: <20240304.arf@arf.example.com>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report;
\tboundary="part1_13d.2e68ed54_boundary"

--part1_13d.2e68ed54_boundary
Content-Type: text/plain; charset="US-ASCII"
Content-Transfer-Encoding: 7bit

This is an email abuse report for an email message received from IP 192.0.2.1.

--part1_13d.2e68ed54_boundary
Content-Type: message/feedback-report

Feedback-Type: {kind}
User-Agent: SomeGenerator/1.0
Version: 1
Original-Mail-From: <colab@colab.example.org>
Original-Rcpt-To: <{to}>
Arrival-Date: Mon, 4 Mar 2024 09:31:00 +0000
Source-IP: 192.0.2.1
Reported-Domain: colab.example.org

--part1_13d.2e68ed54_boundary
Content-Type: {returned}
Content-Disposition: inline

{mail}

--part1_13d.2e68ed54_boundary--
"""


def a_complaint(kind="abuse", *, message_id=OURS, to="redacted", returned="message/rfc822"):
    """What a mail provider passes on when somebody presses "this is spam" (the example of RFC 5965, appendix B.2)."""
    mail = MAIL.format(id=message_id, to=to).rstrip("\n")
    return wire(COMPLAINT.format(kind=kind, to=to, returned=returned, mail=mail))


def wire(text):
    """With the line ends of the wire."""
    return text.replace("\n", "\r\n").encode()


def a_report(server="Postfix", *, status="5.1.1", action="failed", message_id=OURS, to=GONE):
    """What a server says of one of our mails."""
    mail = MAIL.format(id=message_id, to=to).rstrip("\n")
    return wire(SERVERS[server].format(status=status, action=action, id=message_id, to=to, mail=mail))


def no_report(name):
    """A mail that is none, though it looks like one."""
    report = a_report().decode().replace("\r\n", "\n")
    return wire(NO_REPORTS[name].format(id=OURS, report=report))


REPLY = """BEGIN:VCALENDAR
PRODID:-//Any//Calendar//EN
VERSION:2.0
METHOD:{method}
BEGIN:VEVENT
UID:{uid}
SEQUENCE:{sequence}
DTSTAMP:20240304T100000Z
DTSTART:20240516T120000Z
DTEND:20240516T133000Z
SUMMARY:Online session
ORGANIZER:mailto:colab@colab.example.org
ATTENDEE;PARTSTAT={answer};CN="Eva":{mailto}{address}
END:VEVENT
END:VCALENDAR
"""


def a_reply(uid="u@colab.example.org", answer="ACCEPTED", address="eva@example.org", **more):
    """The answer of a calendar program to an invitation."""
    facts = {"method": "REPLY", "sequence": 0, "mailto": "mailto:", **more}
    calendar = REPLY.format(uid=uid, answer=answer, address=address, **facts).replace("\n", "\r\n")
    coded = base64.encodebytes(calendar.encode()).decode()
    return wire(
        f"""From: Eva <{address}>
To: colab@colab.example.org
Subject: Accepted: Online session
Message-ID: <{digest(calendar)[:20]}@example.org>
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="r"

--r
Content-Type: text/plain

Eva has answered.

--r
Content-Type: text/calendar; charset="utf-8"; method={facts["method"]}
Content-Transfer-Encoding: base64

{coded}
--r--
"""
    )


def a_wish(subject, message_id="<wish@example.org>", sender="eva@example.org"):
    """A mail with nothing but a subject."""
    return wire(f"From: {sender}\nTo: colab@colab.example.org\nSubject: {subject}\nMessage-ID: {message_id}\n\n\n")
