"""What was understood of a response, beside what was typed, and in the words of the staff."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.settings import ROOT, load_words
from tasks.domain.normalise.odd_text import is_broken, is_misread, is_piled_up, is_turned_around
from tasks.domain.normalise.text_language import other_language
from tasks.domain.normalise.understood import understand
from tasks.domain.normalise.understood_words import understood_words

ENGLISH = "The session will share what we learned with fathers in rural districts."
SPANISH = "Compartiremos lo que aprendimos con padres de barrios populares y los errores que cometimos."
FRENCH = "Nous partagerons les leçons tirées de nos échecs avec les pères des quartiers populaires."
PORTUGUESE = (
    "A oficina apresenta as experiências de homens jovens que cuidam dos seus filhos em Moçambique e no Brasil."
)
ARABIC = "العمل مع الآباء والأمهات في لبنان والأردن وفلسطين ومصر والمغرب لمنع العنف ضد النساء والفتيات في المدارس"
SWAHILI = "Tutashiriki yale tuliyojifunza na akina baba katika vijiji na makosa ambayo tulifanya njiani na jamii zetu."
UNCLEAR = {
    "contact_name": "grace otieno",
    "country": "Congo",
    "phone": "2.5e11",
    "time_zone": "IST",
    "preferred_dates": "1 to 15 June 2024, the week of 1 July, or 5/6",
    "summary": SPANISH,
}
CLEAR = {
    "contact_name": "Grace Otieno",
    "country": "Kenya",
    "phone": "254205550102",
    "time_zone": "EAT",
    "preferred_dates": "12/03/2024 or 03/12/2024",
}
WORDS = {code: load_words(ROOT / "config", code) for code in ("en", "es", "fr")}


def told(answers, language="en", staff="en"):
    return understood_words(understand(answers, language), WORDS[staff])


def test_nothing_answered_is_nothing_understood():
    assert told({}) == ""


def test_what_was_typed_stands_beside_what_was_understood():
    understood = understand(UNCLEAR, "en")

    assert understood.typed == {field: text for field, text in UNCLEAR.items() if field != "summary"}
    assert (understood.name, understood.country.may_be, understood.other_language) == (
        "Grace Otieno",
        ("CD", "CG"),
        "es",
    )


@pytest.mark.parametrize(
    ("staff", "words"),
    [
        (
            "en",
            "Kenya · +254 20 5550102 · Africa/Nairobi · dates unclear: 12/03/2024 could be 12 March or 3 December",
        ),
        (
            "es",
            (
                "Kenia · +254 20 5550102 · Africa/Nairobi · "
                "fechas dudosas: 12/03/2024 puede ser el 12 de marzo o el 3 de diciembre"
            ),
        ),
        (
            "fr",
            (
                "Kenya · +254 20 5550102 · Africa/Nairobi · "
                "dates incertaines : 12/03/2024 peut être le 12 mars ou le 3 décembre"
            ),
        ),
    ],
)
def test_what_is_clear_is_told_in_the_language_of_the_staff(staff, words):
    assert told(CLEAR, staff=staff) == words


def test_what_is_unclear_is_told_with_what_it_may_be():
    assert told(UNCLEAR).split(" · ") == [
        "Grace Otieno",
        "country unclear: Congo - Kinshasa or Congo - Brazzaville",
        "phone unclear: the spreadsheet dropped digits",
        "time zone unclear: Asia/Kolkata, Asia/Jerusalem or Europe/Dublin",
        "1 to 15 June 2024, week of 1 July",
        "dates unclear: 5/6 could be 5 June or 6 May",
        "written in Spanish",
    ]


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"country": "prefer not to say"}, ""),
        ({"contact_name": "Ana  de la Cruz"}, ""),
        ({"phone": "ask me"}, "phone not understood"),
        ({"phone": "514 555-0106"}, "phone unclear: of which country?"),
        ({"phone": "+254 712 345678 / +254 733 345678"}, "phone unclear: several numbers"),
        ({"time_zone": "3 de la tarde"}, "time zone not understood"),
        ({"time_zone": "GMT+3"}, "time zone unclear: Africa/Nairobi, Europe/Istanbul, Asia/Riyadh or …"),
        ({"preferred_dates": "any"}, "any date"),
        ({"preferred_dates": "June"}, "June"),
        ({"preferred_dates": "déc. 2025"}, "December 2025"),
    ],
)
def test_each_answer_has_its_words(answers, words):
    assert told(answers) == words


# ------------------------------------------------------------------------------------------------ language of the text
@pytest.mark.parametrize(
    ("text", "form", "language"),
    [
        (SPANISH, "en", "es"),
        (SPANISH.upper(), "en", "es"),
        (FRENCH, "es", "fr"),
        (ENGLISH, "fr", "en"),
        (ENGLISH, "en", ""),
        (SPANISH, "es", ""),
        (FRENCH, "fr", ""),
        (SPANISH, "pt", ""),
        (PORTUGUESE, "en", "pt"),
        (PORTUGUESE, "es", "pt"),
        (ARABIC, "fr", "ar"),
        (SWAHILI, "en", "sw"),
        ("Vamos partilhar o que aprendemos com pais de bairros populares e os erros que cometemos.", "en", ""),
        ("Nairobi, Kigali, Maputo, Lusaka, Harare, Gaborone, Windhoek, Luanda, Accra, Dakar, Lomé, Cotonou", "en", ""),
        ("Taller con padres", "en", ""),
        ("MenEngage Africa MenCare Rwanda Bandebereho Equimundo Sonke Gender Justice", "es", ""),
        ("العمل مع الآباء والأمهات في لبنان والأردن وفلسطين ومصر والمغرب", "en", ""),
        ("", "en", ""),
    ],
)
def test_another_language_is_told_only_where_it_is_sure(text, form, language):
    assert other_language(text, form) == language


# ------------------------------------------------------------------------------------------------ odd text
@pytest.mark.parametrize(
    ("text", "misread"),
    [
        ("caf\u00c3\u00a9", True),
        ("ni\u00c3\u00b1os", True),
        ("l\u00e2\u20ac\u2122\u00e9cole", True),
        ("\u00c3\u2030cole", True),
        ("café", False),
        ("NÃO", False),
        ("São Paulo", False),
        ("Ã ce jour", False),
        ("CÔTE D\u2019IVOIRE", False),
        ("“École”", False),
        ("", False),
    ],
)
def test_letters_damaged_on_their_way_are_noticed(text, misread):
    assert is_misread(text) is misread


@pytest.mark.parametrize(
    ("text", "is_odd", "odd"),
    [
        ("a\ufffdb", is_broken, True),
        (f"a{chr(0xD800)}b", is_broken, True),
        ("a\U0001f600b", is_broken, False),
        ("Z" + "\u0335\u0322\u031b\u0300" * 9, is_piled_up, True),
        ("e\u0301cole, Vi\u0065\u0323\u0302t", is_piled_up, False),
        ("\u0628\u0651\u064e\u0650\u0652", is_piled_up, False),
        ("abc\u202edef", is_turned_around, True),
        ("الآباء", is_turned_around, False),
    ],
)
def test_broken_and_disguised_text_is_noticed(text, is_odd, odd):
    assert is_odd(text) is odd


# ------------------------------------------------------------------------------------------------ any text
ANY = st.text(st.characters(exclude_categories=[]), max_size=60)
PIECES = [*"0123456789 /.-+,;:()@eE", " de ", " mayo", "may", " GMT", "UTC+", "Kenya", "Lima", " y "]
HABITS = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


@given(*[ANY | HABITS] * 5, st.sampled_from(["en", "es", "fr"]))
def test_any_text_is_understood_or_not_and_told_in_one_line(name, country, phone, zone, dates, language):
    answers = {
        "contact_name": name,
        "country": country,
        "phone": phone,
        "time_zone": zone,
        "preferred_dates": dates,
        "summary": " ".join([name, zone, dates] * 3),
    }

    words = told(answers, language, staff=language)

    assert len(words.splitlines()) <= 1
