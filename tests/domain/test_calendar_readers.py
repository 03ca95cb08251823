"""Calendar files are understood by programs that we did not write, as we meant them."""

import pytest

from tasks.domain.invites import event_uid
from tasks.domain.mail_identity import NATURE
from tests.domain.calendar_readers import by_ical_js, by_icalendar, by_libical, ical_js, libical
from tests.domain.letter_builders import LANGUAGES, LETTERS, SENDER, WITH_CALENDAR, a_mail, a_person, calendar_of

NAMES = ("Amina Diallo", 'Ndèye; "Fatou", O\'Neill: x', "أمينة ديالو", "x" * 200, "")
CASES = [(kind, language) for kind in WITH_CALENDAR for language in LANGUAGES]


def file_of(kind, language, name):
    return calendar_of(a_mail(kind, language=language, to=a_person(name=name), sequence=3))


def meant(kind, language):
    method = NATURE[kind].method
    return {
        "method": method,
        "uid": event_uid("K7P2QX", SENDER),
        "sequence": 3,
        "status": {"REQUEST": "CONFIRMED", "CANCEL": "CANCELLED"}[method],
        "starts": "20261112T200500Z",
        "ends": "20261112T213500Z",
        "summary": LETTERS.labels[language]["event_summary"].replace("{ref}", "K7P2QX"),
        "organizer": f"mailto:{SENDER.address}",
        "attendees": ["mailto:amina@example.org"],
    }


@pytest.mark.parametrize(("kind", "language"), CASES)
def test_icalendar_understands_what_we_mean(kind, language):
    for name in NAMES:
        assert by_icalendar(file_of(kind, language, name)) == meant(kind, language)


@pytest.mark.skipif(not libical(), reason="libical is not installed (Debian: libical3)")
@pytest.mark.parametrize(("kind", "language"), CASES)
def test_libical_understands_what_we_mean_and_has_no_objection(kind, language):
    for name in NAMES:
        assert by_libical(file_of(kind, language, name)) == meant(kind, language)


@pytest.mark.skipif(not ical_js(), reason="node does not find ical.js (npm install ical.js)")
def test_ical_js_understands_what_we_mean():
    understood = by_ical_js([file_of(*case, name) for case in CASES for name in NAMES])

    assert understood == [meant(*case) for case in CASES for _ in NAMES]


@pytest.mark.parametrize(
    ("spoil", "reader"),
    [
        ((b"UID:", b"X-UID:"), by_icalendar),
        ((b"SEQUENCE:3", b"SEQUENCE:three"), by_icalendar),
        ((b"ORGANIZER;", b"X-ORGANIZER;"), by_libical),
        ((b"METHOD:REQUEST", b"METHOD:CANCEL"), by_libical),
    ],
)
def test_the_readers_notice_a_file_that_is_wrong(spoil, reader):
    if reader is by_libical and not libical():
        pytest.skip("libical is not installed (Debian: libical3)")
    raw = file_of(WITH_CALENDAR[0], "en", "Amina")
    assert spoil[0] in raw

    with pytest.raises((AssertionError, KeyError, ValueError, IndexError, AttributeError)):
        assert reader(raw.replace(*spoil)) == meant(WITH_CALENDAR[0], "en")
