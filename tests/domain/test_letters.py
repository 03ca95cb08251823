# ruff: noqa: RUF001  other scripts are part of the cases
import re
import shutil

import pytest

from tasks.domain.letter_files import LettersError, read_letter, source_hash
from tasks.domain.letter_markdown import Latin, Lines, escaped, parsed, unstyled
from tasks.domain.letter_markdown import as_html as html_of
from tasks.domain.letter_markdown import as_text as text_of
from tasks.domain.letter_shelf import LABELS, load_letters
from tasks.domain.mail_identity import Short
from tasks.domain.mails import MailKind
from tasks.domain.translations import Fault, Why
from tasks.domain.typography import with_firm_spaces
from tasks.domain.untrusted import Untrusted
from tests.domain.letter_builders import LANGUAGES, LETTERS, MAIL, PROGRAMME

SHIPPED = {code: LANGUAGES[code] for code in PROGRAMME.forms}

HOSTILE = [
    "**bold** and _soft_ and `code`",
    "[a](http://evil.example.com)",
    "<http://evil.example.com>",
    "http://evil.example.com/x?y=z www.evil.com mailto:a@evil.example.org",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "{{ 7*7 }} {% for x in y %} {# z #}",
    "# heading",
    "1. list",
    "- list\n- more",
    "    code",
    "&lt;b&gt; &amp; &#42;",
    "a\\*b\\",
    "a\r\n\r\n# b",
    "==== ---- ****",
    "![x](y)",
    "x" * 400,
    "=?utf-8?q?=0ABcc=3A?=",
    "\u202eevil\u200b",
    "ما الذي تعلمناه **حقا** [رابط](http://evil.com)",
]


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(MAIL, tmp_path / "mail")


def as_html(markdown, direction="ltr"):
    return html_of(parsed(markdown), direction)


def as_text(markdown):
    return text_of(parsed(markdown))


def text_in(html):
    plain = re.sub(r"<[^>]*>", "", html)
    for entity, character in {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&amp;": "&"}.items():
        plain = plain.replace(entity, character)
    return plain.strip()


@pytest.mark.parametrize("typed", HOSTILE)
def test_what_a_stranger_typed_comes_out_as_plain_characters(typed):
    title = Untrusted(typed)

    html = as_html(f"**{escaped(title)}**")

    assert re.sub(r"</?(p|strong)>|<span dir=\"rtl\">|</span>", "", html).count("<") == 0
    assert text_in(html) == title.plain
    assert as_text(f"**{escaped(title)}**") == title.plain
    assert len(title.plain) <= 200


@pytest.mark.parametrize("typed", HOSTILE)
def test_what_a_stranger_typed_cannot_begin_a_block(typed):
    assert as_html(escaped(Untrusted(typed))).startswith(("<p>", '<p><span dir="rtl">'))


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("see http://evil.com", "see http: // evil. com"),
        ("see www.evil.com.", "see www. evil. com."),
        ("write to a@example.org", "write to a@example. org"),
        ("evil.भारत evil.рф", "evil. भारत evil. рф"),
        ("evil\u200d.com evil.\u200dcom", "evil\u200d. com evil. \u200dcom"),
        ("wait...what? .NET", "wait... what? .NET"),
        ("evil\u3002com", "evil\u3002 com"),
        ("version 2.0, e.g. 3.5", "version 2.0, e.g. 3.5"),
        ("a" * 201, "a" * 199 + "…"),
        ("\u200b \n", "–"),
    ],
)
def test_no_mail_program_makes_a_link_of_a_title(typed, shown):
    assert Untrusted(typed).plain == shown


@pytest.mark.parametrize(
    ("typed", "direction"),
    [("abc", "ltr"), ("سلام abc", "rtl"), ("שלום", "rtl"), ("abc سلام", "ltr"), ("2026 – سلام", "rtl"), ("123", "ltr")],
)
def test_the_first_strong_character_decides_the_direction(typed, direction):
    assert Untrusted(typed).direction == direction


def test_right_to_left_text_is_marked_in_html_only():
    markdown = f"**{escaped(Untrusted('سلام'))}**"

    assert as_html(markdown) == '<p><strong><span dir="rtl">سلام</span></strong></p>\n'
    assert as_text(markdown) == "سلام"


def test_one_markdown_makes_text_and_html():
    markdown = "# Hello\n\nTwo\nlines, *soft*.\n\n- **a:** b\n- c\n\n1. one\n\n[Join](https://x.org/a_b)\n\nWarm,\\\nus"

    assert as_text(markdown) == (
        "Hello\n\nTwo lines, soft.\n\n- a: b\n- c\n\n1. one\n\nJoin\nhttps://x.org/a_b\n\nWarm,\nus"
    )
    assert '<p class="action"><a href="https://x.org/a_b">Join</a></p>' in as_html(markdown)


def test_html_and_bare_addresses_in_a_letter_stay_characters():
    assert as_html("<b>x</b> http://x.org") == "<p>&lt;b&gt;x&lt;/b&gt; http://x.org</p>\n"


@pytest.mark.parametrize("value", [None, 1.5, ["x"]])
def test_a_letter_shows_only_text_and_whole_numbers(value):
    with pytest.raises(ValueError, match="a letter cannot show"):
        escaped(value)


@pytest.mark.parametrize("value", [Untrusted("x"), ("a", Untrusted("x"))])
def test_a_subject_never_shows_what_a_stranger_typed(value):
    with pytest.raises(ValueError, match="a subject or preheader cannot show"):
        unstyled(value)


@pytest.mark.parametrize(
    ("page", "value", "html"),
    [
        ("rtl", Untrusted("Rosa"), '<p><span dir="ltr">Rosa</span></p>'),
        ("rtl", Untrusted("سلام"), "<p>سلام</p>"),
        ("ltr", Untrusted("Rosa"), "<p>Rosa</p>"),
        ("rtl", Latin("20:05 UTC"), '<p><span class="whole" dir="ltr">20:05 UTC</span></p>'),
        ("ltr", Latin("20:05 UTC"), '<p><span class="whole" dir="ltr">20:05 UTC</span></p>'),
    ],
)
def test_text_of_the_other_direction_keeps_its_order(page, value, html):
    assert as_html(escaped(value), page) == f"{html}\n"


@pytest.mark.parametrize(
    ("language", "typed", "set_"),
    [
        (
            "fr",
            "Quoi ? Non ! « Oui » : bien ; https://x.org/?a=b",
            "Quoi\xa0? Non\xa0! «\xa0Oui\xa0»\xa0: bien\xa0; https://x.org/?a=b",
        ),
        ("fr", "**Quand :** ici", "**Quand\xa0:** ici"),
        ("en", "What ? «  x", "What ? «  x"),
    ],
)
def test_a_mark_does_not_stand_alone_at_the_beginning_of_a_line(language, typed, set_):
    assert with_firm_spaces(typed, language) == set_


def test_points_become_a_list():
    lines = Lines(("a", Untrusted("- b **c**\n- d"), ("e = ", Latin("f"))))

    assert as_text(f"Before\n\n{escaped(lines)}\n\nAfter") == "Before\n\n- a\n- - b **c** - d\n- e = f\n\nAfter"
    assert as_html(escaped(lines)).count("<li>") == 3


def test_the_folders_are_the_kinds():
    assert {path.name for path in MAIL.iterdir() if path.is_dir()} == {*MailKind, *Short}


@pytest.mark.parametrize("kind", [*MailKind, *Short])
def test_a_letter_has_the_same_placeholders_in_every_language(kind):
    assert len({LETTERS.letters[kind, language].placeholders for language in LANGUAGES}) == 1


def test_every_translation_that_we_ship_can_be_used():
    assert LETTERS.faults == ()
    assert all(asked == used for (_, asked), used in LETTERS.used.items())


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_language_has_the_labels_that_are_used_and_no_others(code):
    assert set(LANGUAGES[code].labels) == set(LABELS)


def test_a_changed_original_makes_its_translations_stale(folder):
    original = folder / "invitation" / "en.md"
    original.write_text(original.read_text(encoding="utf-8") + "\nOne more line.\n", encoding="utf-8")

    letters = load_letters(folder, SHIPPED)

    new = source_hash(original.read_text(encoding="utf-8"))
    assert letters.faults == tuple(Fault(MailKind.invitation, code, Why.stale, new, "en") for code in ("es", "fr"))


@pytest.mark.parametrize(
    ("old", "new", "why", "detail"),
    [
        ("{{ title }}", "{{ titel }}", Why.unequal, "titel, title"),
        ("subject =", "preheader2 =", Why.unusable, "nothing else"),
        ("{{ title }}", "{{ title.upper() }}", Why.unusable, "nothing else"),
        ("{{ title }}", "{{ title|safe }}", Why.unusable, "nothing else"),
        ("{{ title }}", "{% if title %}{% endif %}", Why.unusable, "nothing else"),
        ("{{ title }}", "{{ title", Why.unusable, "cannot be used"),
        ("preheader =", "preheeder =", Why.unusable, "cannot be used: 'preheader'"),
        ("subject =", "colour = 'red'\nsubject =", Why.unusable, "nothing else"),
        ("subject =", "subject", Why.unusable, "cannot be used"),
        ("+++", "---", Why.unusable, "must begin with a head"),
        ('source = "', 'source = "0', Why.stale, ""),
    ],
)
def test_a_translation_that_cannot_be_used_is_named_and_the_original_stands_in(folder, old, new, why, detail):
    letter = folder / "invitation" / "fr.md"
    letter.write_text(letter.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")

    letters = load_letters(folder, SHIPPED)

    [fault] = letters.faults
    assert (fault.file, fault.why, fault.used) == ("invitation/fr.md", why, "en")
    assert detail in fault.detail
    assert letters.spoken(MailKind.invitation, "fr") == "en"
    assert letters.spoken(MailKind.speaker_invitation, "fr") == "fr"


def test_a_translation_without_the_subject_of_its_original_cannot_be_used(folder):
    letter = folder / "invitation" / "fr.md"
    letter.write_text(re.sub("subject = .*\n", "", letter.read_text(encoding="utf-8")), encoding="utf-8")

    [fault] = load_letters(folder, SHIPPED).faults

    assert (fault.why, fault.detail) == (Why.unequal, "date, subject")


def test_a_missing_translation_is_named_and_its_own_chain_stands_in(folder):
    (folder / "invitation" / "fr.md").unlink()
    languages = SHIPPED | {"fr": SHIPPED["fr"].model_copy(update={"fallback": ("es", "en")})}

    letters = load_letters(folder, languages)

    assert letters.faults == (Fault(MailKind.invitation, "fr", Why.missing, "", "es"),)
    assert letters.spoken(MailKind.invitation, "fr") == "es"


def test_a_stand_in_that_cannot_be_used_either_is_passed_over(folder):
    for code in ("es", "fr"):
        (folder / "invitation" / f"{code}.md").unlink()
    languages = SHIPPED | {"fr": SHIPPED["fr"].model_copy(update={"fallback": ("es", "en")})}

    assert load_letters(folder, languages).spoken(MailKind.invitation, "fr") == "en"


def test_a_translation_without_a_stand_in_stops_everything(folder):
    (folder / "invitation" / "fr.md").unlink()
    languages = SHIPPED | {"fr": SHIPPED["fr"].model_copy(update={"fallback": ()})}

    with pytest.raises(LettersError, match=r"invitation/fr\.md cannot be used"):
        load_letters(folder, languages)


def test_a_fallback_to_a_language_that_nobody_wrote_is_refused():
    languages = SHIPPED | {"fr": SHIPPED["fr"].model_copy(update={"fallback": ("pt",)})}

    with pytest.raises(LettersError, match=r"languages/fr\.toml names the fallback pt, which has no file"):
        load_letters(MAIL, languages)


@pytest.mark.parametrize(
    ("path", "old", "new", "why"),
    [
        ("invitation/en.md", "+++", "---", "must begin with a head"),
        ("invitation/en.md", "subject = ", "# ", "must have a subject"),
        ("accepted/en.md", "preheader", 'subject = "x"\npreheader', "must have no subject, for it goes on in a thread"),
    ],
)
def test_an_original_that_cannot_be_used_stops_everything(folder, path, old, new, why):
    original = folder / path
    original.write_text(original.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")

    with pytest.raises(LettersError, match=re.escape(why)):
        load_letters(folder, SHIPPED)


def test_a_missing_original_stops_everything(folder):
    (folder / "invitation" / "en.md").unlink()

    with pytest.raises(LettersError, match=r"invitation/en\.md cannot be read"):
        load_letters(folder, SHIPPED)


@pytest.mark.parametrize(
    ("name", "label", "why"),
    [
        ("greeting", "Bonjour,", "needs [labels] greeting with {name}"),
        ("event_description", "{link}", "needs [labels] event_description with {ref} and {link}"),
        ("resent", None, "needs [labels] resent"),
    ],
)
def test_a_label_that_cannot_be_used_is_named(name, label, why):
    labels = {key: text for key, text in (LANGUAGES["fr"].labels | {name: label}).items() if text}
    language = LANGUAGES["fr"].model_copy(update={"labels": labels})

    with pytest.raises(LettersError, match=re.escape(why)):
        load_letters(MAIL, SHIPPED | {"fr": language})


def test_a_language_without_letters_is_named():
    with pytest.raises(LettersError, match=r"no letter invitation/pt\.md"):
        LETTERS.render("invitation", "pt", {}, "")
    with pytest.raises(LettersError, match="no letters in the language 'pt'"):
        LETTERS.spoken("invitation", "pt")


def test_a_placeholder_without_a_value_stops_the_mail():
    with pytest.raises(LettersError, match=r"acknowledgement/en\.md cannot be filled in: 'ref' is undefined"):
        LETTERS.render("acknowledgement", "en", {}, "")


@pytest.mark.parametrize("kind", [MailKind.acknowledgement, MailKind.welcome])
def test_the_first_letters_have_no_place_for_what_a_stranger_typed(kind):
    assert read_letter(MAIL / kind / "en.md").placeholders <= {"ref", "address", "contact", "preface"}
