# ruff: noqa: RUF001  other scripts are part of the cases
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from html.parser import HTMLParser

import pytest
from icalendar import Calendar

from tasks.domain.conversation_mails import Digest, Done
from tasks.domain.letter_files import LettersError
from tasks.domain.letter_values import TO_CALENDARS
from tasks.domain.mail_headers import Envelope, headers
from tasks.domain.mail_identity import NATURE, token
from tasks.domain.mails import MailKind
from tasks.domain.models import Discretion
from tests.domain.letter_builders import (
    ABOUT_A_SESSION,
    CONVERSATION,
    INVITATIONS,
    LANGUAGES,
    LETTERS,
    LINK,
    MADE_AT,
    RECORDINGS,
    REMINDERS,
    SENDER,
    WITH_CALENDAR,
    WITHOUT_A_NAME,
    a_conversation,
    a_digest,
    a_mail,
    a_person,
    a_recording,
    a_reminder,
    a_reply_handled,
    a_session,
    a_talk,
    an_acknowledgement,
    an_invitation,
    calendar_of,
    every_mail,
    html_of,
    read,
    text_of,
)
from tests.domain.pseudo_language import CODE
from tests.examples import EXPLORING

ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+\w")
LISTED = {*INVITATIONS, *REMINDERS, MailKind.rescheduled, MailKind.recording_online}
WITH_A_LINK = {*INVITATIONS, *REMINDERS, *RECORDINGS, MailKind.rescheduled}
OURS = {SENDER.address, SENDER.reply_to}
HOSTILE = [
    "Amina\r\nBcc: victim@example.net",
    "=?utf-8?q?=0ABcc=3A?=",
    "{{ 7*7 }}{% raw %}",
    "<script>alert(1)</script>",
    "[click](https://evil.example.net) <https://evil.example.net> victim@example.net",
    'quote " comma, (comment) \\ semi;colon:',
    "x" * 400,
    "é" * 400,
    "ما الذي تعلمناه من العمل",
    "\u202egnp.exe\u200b",
    "",
    "\x00\x1b",
]


class Tags(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.seen = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))


def everything_in(mail):
    """The mail as a reader's program sees it: headers and decoded parts."""
    message = read(mail)
    parts = [part.get_payload(decode=True).decode() for part in message.walk() if not part.is_multipart()]
    return "\n".join([*map(str, message.values()), *parts]).replace("\r\n ", "")


def mails_about(typed, languages):
    person, session, talk = a_person(name=typed), a_session(title=typed), a_talk(title=typed, questions=(typed,))
    for language in languages:
        yield from (a_mail(kind, language=language, session=session, to=person) for kind in ABOUT_A_SESSION)
        yield from (a_mail(kind, language=language, talk=talk, to=person) for kind in CONVERSATION)
        yield an_invitation(language=language, preface=typed)
        yield a_conversation(kind=MailKind.welcome, language=language, talk=a_talk(contact=typed or "Ana"))
        yield a_digest(language=language, digest=Digest((typed,), (typed,), (typed,)))


@pytest.fixture(params=MailKind)
def mails(request):
    """One kind in every language; what is sent again or brings a calendar as that too."""
    again = [request.param] if request.param in WITH_CALENDAR else []
    return every_mail([request.param]) + every_mail(again, resent=True, preface="A word to you.", was=MADE_AT)


class TestEveryMail:
    def test_goes_over_the_wire_as_it_is(self, mails):
        for mail in mails:
            assert mail.raw.isascii()
            assert b"\n" not in mail.raw.replace(b"\r\n", b"")
            assert b"\r" not in mail.raw.replace(b"\r\n", b"")
            assert max(map(len, mail.raw.split(b"\r\n"))) <= 998
            assert len(mail.raw) < 100_000

    def test_has_each_header_once(self, mails):
        for mail in mails:
            names = [name for name, _ in read(mail).items()]

            expected = [
                *(
                    "From",
                    "To",
                    "Reply-To",
                    "Date",
                    "Message-ID",
                    "Auto-Submitted",
                    "X-Auto-Response-Suppress",
                    "Subject",
                ),
                *("References", "MIME-Version", "Content-Type", "Content-Language"),
                *(["List-Unsubscribe"] if mail.kind in LISTED else []),
                *(["In-Reply-To"] if mail.kind in CONVERSATION else []),
            ]
            assert sorted(names) == sorted(expected)

    def test_says_who_writes_to_whom(self, mails):
        for mail in mails:
            message = read(mail)

            assert [
                str(message[name]) for name in ("From", "Reply-To", "Date", "Auto-Submitted", "Content-Language")
            ] == [
                "CoLab <colab@colab.example.org>",
                "secretariat@colab.example.org",
                "Thu, 01 Oct 2026 09:30:15 +0000",
                "auto-generated",
                mail.language,
            ]
            assert [address.addr_spec for address in message["To"].addresses] == ["amina@example.org"]
            assert (str(message["Subject"]), message["Message-ID"]) == (mail.subject, mail.message_id)
            assert len(mail.subject) <= 78

    def test_names_nobody_else(self, mails):
        for mail in mails:
            identities = {mail.message_id.strip("<>"), read(mail)["References"].strip("<>")}
            found = set(ADDRESS.findall(everything_in(mail))) - identities

            assert {address for address in found if not re.fullmatch(r"[0-9a-f]{32}@colab\.example\.org", address)} <= {
                *OURS,
                "amina@example.org",
            }

    def test_can_be_found_by_its_code(self, mails):
        for mail in mails:
            assert re.fullmatch(r"[A-Z2-7]{10}", mail.token)
            assert mail.token in text_of(mail)
            assert mail.token in html_of(mail)

    def test_keeps_topic_and_placeholders_out(self, mails):
        for mail in mails:
            message = everything_in(mail)

            assert "What we learned" not in mail.subject
            assert not re.search(
                r"\{\{|\}\}|\{\w+\}|%\(|\bNone\b|undefined|TODO",
                re.sub(r"<style>.*?</style>", "", message, flags=re.DOTALL),
            )

    def test_is_a_page_that_fetches_and_runs_nothing(self, mails):
        for mail in mails:
            tags = Tags(html_of(mail)).seen

            allowed = {"html", "head", "meta", "title", "style", "body", "div", "table", "tbody", "tr", "td"}
            assert {tag for tag, _ in tags} <= allowed | {"h1", "p", "strong", "em", "ul", "li", "a", "br", "span"}
            assert [tag for tag, _ in tags].count("h1") == 1
            assert [a["href"] for tag, a in tags if tag == "a"] == ([LINK] if mail.kind in WITH_A_LINK else [])
            assert {attributes["role"] for tag, attributes in tags if tag == "table"} == {"presentation"}
            languages = [(a["lang"], a["dir"]) for tag, a in tags if "lang" in a]
            assert languages == [(mail.language, "rtl" if mail.language == CODE else "ltr")] * 2
            assert not re.search(r"url\(|@import|src=|background=", html_of(mail))

    def test_is_large_enough_to_read_and_knows_the_dark(self, mails):
        for mail in mails:
            html = html_of(mail)

            assert min(map(int, re.findall(r"font-size: (\d+)px", html))) >= 14
            assert "@media (prefers-color-scheme: dark)" in html


@pytest.mark.parametrize("typed", HOSTILE)
def test_nothing_that_strangers_type_does_anything(typed):
    """In one language of either direction, by turns."""
    for mail in mails_about(typed, ("fr", CODE) if EXPLORING else (("fr", CODE)[HOSTILE.index(typed) % 2],)):
        message, shown, tags = read(mail), everything_in(mail), Tags(html_of(mail)).seen

        assert [address.addr_spec for address in message["To"].addresses] == ["amina@example.org"]
        assert (message["Cc"], message["Bcc"]) == (None, None)
        assert "victim@example.net" not in shown.replace("\r\n", "")
        assert {tag for tag, _ in tags} & {"script", "img", "iframe", "form", "link"} == set()
        assert {a["href"] for tag, a in tags if tag == "a"} <= {LINK}
        assert not re.search("[\u200b\u202a-\u202e\u2066-\u2069\ue000-\ue005]", shown)
        assert mail.raw.isascii()


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("kind", WITHOUT_A_NAME)
def test_the_first_mails_hold_nothing_from_the_form(kind, name):
    talk = {"talk": a_talk(title=name)} if kind is MailKind.welcome else {}

    assert a_mail(kind, to=a_person(name=name), **talk).raw == a_mail(kind).raw


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_acknowledgement_keeps_its_subject_and_asks_to_know_us(language):
    mail = an_acknowledgement(language=language)

    assert ". K7P2QX – " in mail.subject
    assert SENDER.address in text_of(mail)
    assert "K7P2QX" in text_of(mail)


@pytest.mark.parametrize("kind", [*INVITATIONS, *REMINDERS, MailKind.rescheduled, MailKind.cancelled, MailKind.removed])
@pytest.mark.parametrize(
    ("language", "zone", "when"),
    [
        ("en", "America/Bogota", "Thursday, 12 November 2026, 15:05 (Bogota, GMT-05:00)"),
        ("es", "America/Bogota", "jueves, 12 de noviembre de 2026, 15:05 (Bogotá, GMT-05:00)"),
        ("fr", "America/Bogota", "jeudi 12 novembre 2026, 15:05 (Bogota, UTC-05:00)"),
        ("en", "", "Thursday, 12 November 2026, 15:05 (Bogota, GMT-05:00)"),
        ("es", "America/Argentina/Buenos_Aires", "jueves, 12 de noviembre de 2026, 17:05 (Buenos Aires, GMT-03:00)"),
        ("en", "Asia/Kathmandu", "Friday, 13 November 2026, 01:50 (Kathmandu, GMT+05:45)"),
        ("en", "UTC", "Thursday, 12 November 2026, 20:05 (GMT+00:00)"),
    ],
)
def test_a_mail_about_a_session_says_when_in_the_readers_city_and_in_utc(kind, language, zone, when):
    mail = a_mail(kind, language=language, zone=zone)

    for part in (text_of(mail), html_of(mail)):
        assert when in part
        assert "2026-11-12 20:05 UTC" in part
        assert "K7P2QX" in part
        assert "What we learned" in part


@pytest.mark.parametrize(
    ("utc", "zone", "local"),
    [
        (datetime(2026, 3, 8, 6, 30, tzinfo=UTC), "America/New_York", "8 March 2026, 01:30 (New York, GMT-05:00)"),
        (datetime(2026, 3, 8, 7, 30, tzinfo=UTC), "America/New_York", "8 March 2026, 03:30 (New York, GMT-04:00)"),
        (datetime(2026, 11, 1, 5, 30, tzinfo=UTC), "America/New_York", "1 November 2026, 01:30 (New York, GMT-04:00)"),
        (datetime(2026, 11, 1, 6, 30, tzinfo=UTC), "America/New_York", "1 November 2026, 01:30 (New York, GMT-05:00)"),
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "Europe/Paris", "25 October 2026, 02:30 (Paris, GMT+02:00)"),
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "Europe/Paris", "25 October 2026, 02:30 (Paris, GMT+01:00)"),
    ],
)
def test_the_hour_is_right_on_both_sides_of_a_clock_change(utc, zone, local):
    assert f"Sunday, {local}" in text_of(an_invitation(session=a_session(starts=utc), zone=zone))


def test_the_subject_says_the_readers_day():
    mail = an_invitation(zone="Asia/Kathmandu")

    assert mail.subject == "Your invitation: online session on Friday, 13 November 2026"


def test_the_parts_stand_in_the_order_that_calendars_need():
    message = read(an_invitation())

    assert [part.get_content_type() for part in message.walk()] == [
        *("multipart/mixed", "multipart/alternative", "text/plain", "text/html", "text/calendar", "application/ics"),
    ]
    calendar, attachment = list(message.walk())[-2:]
    assert dict(calendar["Content-Type"].params) == {"charset": "utf-8", "method": "REQUEST"}
    assert calendar["Content-Disposition"] is None
    assert attachment.get_filename() == "invite.ics"
    assert attachment.get_payload(decode=True) == calendar.get_payload(decode=True)


@pytest.mark.parametrize("kind", [kind for kind in MailKind if kind not in WITH_CALENDAR])
def test_the_other_kinds_have_no_calendar(kind):
    message = read(a_mail(kind))

    assert [part.get_content_type() for part in message.walk()] == ["multipart/alternative", "text/plain", "text/html"]


@pytest.mark.parametrize("kind", WITH_CALENDAR)
def test_the_calendar_says_the_same_as_the_mail_about_what_it_does(kind):
    mail = a_mail(kind, sequence=3)
    calendar, attachment = list(read(mail).walk())[-2:]
    [event] = Calendar.from_ical(calendar_of(mail)).walk("VEVENT")

    method = "CANCEL" if kind in {MailKind.cancelled, MailKind.removed} else "REQUEST"
    assert calendar["Content-Type"].params["method"] == Calendar.from_ical(calendar_of(mail))["METHOD"] == method
    assert event["STATUS"] == {"CANCEL": "CANCELLED", "REQUEST": "CONFIRMED"}[method]
    assert event["SEQUENCE"] == 3
    assert attachment.get_payload(decode=True) == calendar_of(mail)


@pytest.mark.parametrize("kind", [MailKind.cancelled, MailKind.removed])
def test_what_is_over_has_no_link(kind):
    mail = a_mail(kind)

    assert a_mail(kind, meeting_link="") == mail
    assert LINK not in everything_in(mail)


def test_nobody_gets_the_link_but_those_who_are_expected():
    with_link = {mail.kind for mail in every_mail() if LINK in everything_in(mail)}

    assert with_link == WITH_A_LINK


def test_the_conversation_stays_in_one_thread():
    first = an_acknowledgement()
    for mail in every_mail(CONVERSATION):
        message, begun = read(mail), read(an_acknowledgement(language=mail.language))
        assert str(message["Subject"]) == f"Re: {begun['Subject']}"
        assert message["References"] == message["In-Reply-To"] == read(first)["References"]


def test_a_conversation_goes_on_in_the_language_that_its_thread_began_in():
    used = LETTERS.used | {(MailKind.acknowledgement, "fr"): "en"}
    fallen_back = replace(LETTERS, used=used)

    mail = a_conversation(letters=fallen_back, language="fr")

    assert (mail.language, mail.subject) == ("fr", f"Re: {an_acknowledgement().subject}")


@pytest.mark.parametrize("kind", MailKind)
def test_a_mail_in_a_language_that_stands_in_is_in_that_language_throughout(kind):
    fallen_back = replace(LETTERS, used={**LETTERS.used, **{(kind, "fr"): "es" for kind in MailKind}})

    assert a_mail(kind, letters=fallen_back, language="fr") == a_mail(kind, language="es")


@pytest.mark.parametrize("lacking", ["contact", "questions", "times", "minutes"])
def test_a_conversation_that_lacks_what_it_is_about_is_not_written(lacking):
    needs_it = {"contact": MailKind.welcome, "questions": MailKind.missing_answer}
    kind = needs_it.get(lacking, MailKind.schedule_proposal)
    nothing = replace(a_talk(), **{lacking: type(getattr(a_talk(), lacking))()})

    with pytest.raises(LettersError, match=f"'{lacking}' is undefined"):
        a_conversation(kind=kind, talk=nothing)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_proposal_says_each_time_in_the_readers_city_and_in_utc(language):
    text = text_of(a_conversation(kind=MailKind.schedule_proposal, language=language))

    assert "2026-11-12 20:05 UTC" in text
    assert "2026-11-14 13:00 UTC" in text
    assert "15:05 (" in text


def test_the_questions_that_have_no_answer_are_asked_in_the_words_of_the_form():
    text = text_of(a_conversation(kind=MailKind.missing_answer))

    assert "- In what format would you like to work?\n- May we record?" in text


@pytest.mark.parametrize("kind", ABOUT_A_SESSION)
def test_a_session_without_a_title_is_called_what_the_calendar_calls_it(kind):
    mail = a_mail(kind, session=a_session(title=""))

    assert "\n\nOnline session – ref. K7P2QX\n\n" in text_of(mail)


@pytest.mark.parametrize("kind", [MailKind.rescheduled])
def test_a_change_says_when_it_was_to_be(kind):
    before = datetime(2026, 11, 10, 20, 5, tzinfo=UTC)

    line = "Until now it was to be on Tuesday, 10 November 2026, 20:05 (Dakar, GMT+00:00)."
    assert line in text_of(a_mail(kind, was=before))
    assert "Until now" not in text_of(a_mail(kind))


@pytest.mark.parametrize("kind", WITH_CALENDAR)
def test_a_word_of_staff_stands_after_the_greeting_and_changes_nothing_else(kind):
    with_preface, without = (
        text_of(a_mail(kind, preface="We found a better hour. [x](y) evil.com")),
        text_of(a_mail(kind)),
    )

    assert with_preface.replace("We found a better hour. [x](y) evil. com\n\n", "") == without


@pytest.mark.parametrize("sharing", ["no", "", "everybody"])
@pytest.mark.parametrize("kind", RECORDINGS)
def test_nobody_is_told_of_a_recording_that_may_not_be_shared(kind, sharing):
    with pytest.raises(ValueError, match="nobody has agreed that the recording of K7P2QX is shared"):
        a_recording(kind=kind, session=a_session(recording=sharing))


@pytest.mark.parametrize("sharing", ["public", "members"])
def test_a_recording_says_who_may_have_the_link(sharing):
    assert LETTERS.labels["en"][f"sharing_{sharing}"] in text_of(a_recording(session=a_session(recording=sharing)))


def test_presenters_learn_until_when_to_answer():
    assert "by Friday, 20 November 2026:" in text_of(a_recording(kind=MailKind.recording_review))
    with pytest.raises(LettersError, match="'answer_by' is undefined"):
        a_recording(kind=MailKind.recording_review, answer_by=None)


@pytest.mark.parametrize("done", Done)
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_asked_for_and_done_is_said(done, language):
    assert LETTERS.labels[language][done] in text_of(a_reply_handled(done=done, language=language))


def test_an_overview_without_anything_says_so():
    assert text_of(a_digest(digest=Digest())).count("- Nothing at the moment.") == 3


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", MailKind)
def test_a_subject_is_never_too_long_for_a_phone_and_a_header(kind, language):
    longest = {
        kind: {"session": a_session(starts=datetime(2026, 9, 30, 12, tzinfo=UTC))} for kind in ABOUT_A_SESSION
    } | {MailKind.digest: {"day": date(2026, 9, 30)}}

    assert 1 <= len(a_mail(kind, language=language, **longest.get(kind, {})).subject) <= 78


@pytest.mark.parametrize("kind", MailKind)
def test_no_subject_and_no_preview_line_says_what_it_is_about(kind):
    mail = a_mail(kind)

    preview = re.search(r'class="preheader"[^>]*>([^<]*)<', html_of(mail))[1]
    for telling in ("What we learned", "Rosa", "Amina", LINK):
        assert telling not in mail.subject + preview


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", INVITATIONS)
def test_an_invitation_sent_again_says_so_and_changes_nothing_else(kind, language):
    first = text_of(an_invitation(kind=kind, language=language))
    again = text_of(an_invitation(kind=kind, language=language, resent=True))

    line = LETTERS.labels[language]["resent"]
    assert again.replace(f"{line}\n\n", "") == first
    assert line in again


@pytest.mark.parametrize("name", ["", " ", "\x00\x1b", "\u200b"])
def test_a_nameless_reader_is_greeted_all_the_same(name):
    assert "\n\nHello,\n\n" in text_of(an_invitation(to=a_person(name=name)))
    assert str(read(an_invitation(to=a_person(name=name)))["To"]) == "amina@example.org"


def test_a_reader_is_greeted_by_name():
    assert "\n\nHello Amina Diallo,\n\n" in text_of(an_invitation())


def test_a_second_attempt_makes_the_same_mail():
    assert an_invitation() == an_invitation()


def test_another_key_is_another_mail_in_the_same_thread():
    first, second = an_invitation(), an_invitation(key="invitation:K7P2QX:amina:1")

    assert first.message_id != second.message_id
    assert first.token != second.token
    assert read(first)["References"] == read(second)["References"] == read(an_acknowledgement())["References"]
    assert read(first)["References"] != read(an_invitation(to=a_person("B", "b@example.org")))["References"]


def test_the_message_id_names_the_kind_and_no_two_kinds_alike():
    prefixes = {mail.message_id.partition(".")[0]: mail.kind for mail in every_mail()}

    assert len(prefixes) == len(MailKind)
    assert {prefix: prefixes[prefix] for prefix in ("<ack", "<inv", "<spk", "<can")} == {
        "<ack": MailKind.acknowledgement,
        "<inv": MailKind.invitation,
        "<spk": MailKind.speaker_invitation,
        "<can": MailKind.cancelled,
    }
    assert all(re.fullmatch(r"<[a-z]{3}\.[0-9a-f]{32}\.1@colab\.example\.org>", one.message_id) for one in every_mail())


def test_every_kind_has_its_nature():
    assert set(NATURE) == set(MailKind)


def test_leaving_the_list_is_a_mail_to_the_mailbox_that_the_pipeline_reads():
    mail = an_invitation()

    assert read(mail)["List-Unsubscribe"] == f"<mailto:{SENDER.address}?subject=unsubscribe%20{mail.token}>"
    assert read(mail)["List-Unsubscribe-Post"] is None


def test_leaving_the_list_is_one_click_where_somebody_takes_it():
    envelope = Envelope(MailKind.invitation, "invitation:K7P2QX:1:0", a_person(), "en", "K7P2QX", MADE_AT)
    sender = SENDER.model_copy(update={"unsubscribe": "https://colab.example.org/leave/{token}"})

    found = dict(headers(sender, envelope, "Subject"))

    assert found["List-Unsubscribe"].startswith(f"<https://colab.example.org/leave/{token(envelope.key)}>, <mailto:")
    assert found["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_the_calendar_is_the_one_of_this_reader():
    assert b"mailto:amina@example.org" in calendar_of(an_invitation()).replace(b"\r\n ", b"")


@pytest.mark.parametrize(
    "link",
    [
        "",
        "http://meet.google.com/x",
        "javascript:alert(1)",
        "https://a@evil.example.org/x",
        "https://x.org/a b",
        "https://",
    ],
)
def test_a_link_that_nobody_should_follow_is_refused(link):
    for compose in (an_invitation, a_reminder):
        with pytest.raises(ValueError, match="https"):
            compose(meeting_link=link)
    with pytest.raises(ValueError, match="https"):
        a_recording(recording_link=link)


@pytest.mark.parametrize(
    "address",
    ["", "nobody", "a@example.org, victim@example.net", "a@example.org\r\nBcc: b@example.net", "é@example.org"],
)
def test_an_address_that_is_not_one_is_refused(address):
    for compose in (an_acknowledgement, an_invitation):
        with pytest.raises(ValueError, match=r"not an e-mail address|must be ASCII"):
            compose(to=a_person(address=address))


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="no time zone"):
        an_acknowledgement(made_at=datetime(2026, 1, 1))  # noqa: DTZ001  that is the point


def test_a_language_without_letters_is_refused():
    for kind in MailKind:
        with pytest.raises(LettersError, match="no letters in the language 'pt'"):
            a_mail(kind, language="pt")


@pytest.mark.parametrize("zone", ["Atlantis/Capital", "../../etc/passwd", "bogota"])
def test_a_zone_that_does_not_exist_is_refused(zone):
    for kind in ABOUT_A_SESSION:
        with pytest.raises(ValueError, match="there is no time zone"):
            a_mail(kind, zone=zone)


def test_one_moment_is_another_day_in_another_zone_also_the_second_time():
    for _ in range(2):
        assert "Thursday, 12 November 2026" in an_invitation(zone="Africa/Dakar").subject
        assert "Friday, 13 November 2026" in an_invitation(zone="Asia/Kathmandu").subject


# ------------------------------------------------------------------------------------ as its reader wants mails to be
@pytest.mark.parametrize("kind", WITH_CALENDAR)
def test_who_wants_no_calendar_file_is_told_what_to_do_about_one_that_came_earlier(kind):
    labels, what = LETTERS.labels["en"], TO_CALENDARS[kind]

    usual, wished = a_mail(kind), a_mail(kind, to=a_person(discretion=frozenset({Discretion.no_calendar})))

    assert labels[f"file_{what}"] in text_of(usual)
    assert labels[f"no_file_{what}"] in text_of(wished)
    assert text_of(usual).replace(labels[f"file_{what}"], "") == text_of(wished).replace(labels[f"no_file_{what}"], "")
    assert [part.get_content_type() for part in read(wished).walk()][1:] == ["text/plain", "text/html"]


@pytest.mark.parametrize("kind", WITH_CALENDAR)
def test_who_wants_text_only_gets_the_same_words_and_calendar_file_without_a_page(kind):
    wished = a_mail(kind, to=a_person(discretion=frozenset({Discretion.text_only})))

    assert text_of(wished) == text_of(a_mail(kind))
    assert calendar_of(wished) == calendar_of(a_mail(kind))
    assert [part.get_content_type() for part in read(wished).walk()][1:] == [
        *("multipart/alternative", "text/plain", "text/calendar", "application/ics")
    ]


def test_who_wants_text_and_no_calendar_file_gets_one_part():
    wished = an_invitation(to=a_person(discretion=frozenset({Discretion.text_only, Discretion.no_calendar})))

    assert [part.get_content_type() for part in read(wished).walk()] == ["text/plain"]
