# ruff: noqa: RUF001  other scripts are part of the cases
import re
import shutil

import pytest

from tasks.domain.letter_markdown import as_html, as_text, escaped, unstyled
from tasks.domain.letters import LettersError, load_letters, source_hash, stale_translations
from tasks.domain.mails import MailKind
from tasks.domain.untrusted import Untrusted
from tests.domain.letter_builders import LANGUAGES, LETTERS, MAIL

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


def test_the_folders_are_the_kinds():
    assert {path.name for path in MAIL.iterdir() if path.is_dir()} == set(MailKind)


@pytest.mark.parametrize("kind", MailKind)
def test_a_letter_has_the_same_placeholders_in_every_language(kind):
    assert len({LETTERS.letters[kind, language].placeholders for language in LANGUAGES}) == 1


def test_no_translation_is_older_than_its_original():
    assert stale_translations(MAIL, LANGUAGES) == []


def test_a_changed_original_makes_its_translations_stale(folder):
    original = folder / "invitation" / "en.md"
    original.write_text(original.read_text(encoding="utf-8") + "\nOne more line.\n", encoding="utf-8")

    sentences = stale_translations(folder, LANGUAGES)

    new = source_hash(original.read_text(encoding="utf-8"))
    assert sentences == [
        f"invitation/{code}.md is older than invitation/en.md; "
        f'bring it up to date, then write source = "{new}" in its head'
        for code in ("es", "fr")
    ]


@pytest.mark.parametrize(
    ("path", "old", "new", "why"),
    [
        ("invitation/fr.md", "{{ title }}", "{{ titel }}", "differ in titel, title"),
        ("invitation/fr.md", "{{ title }}", "{{ title.upper() }}", "nothing else"),
        ("invitation/fr.md", "{{ title }}", "{{ title|safe }}", "nothing else"),
        ("invitation/fr.md", "{{ title }}", "{% if title %}{% endif %}", "nothing else"),
        ("invitation/fr.md", "{{ title }}", "{{ title", "cannot be used"),
        ("invitation/fr.md", "subject =", "subjet =", "cannot be used: 'subject'"),
        ("invitation/fr.md", "subject =", "colour = 'red'\nsubject =", "nothing else"),
        ("invitation/fr.md", "subject =", "subject", "cannot be used"),
        ("invitation/fr.md", "+++", "---", "must begin with a head"),
    ],
)
def test_a_letter_that_cannot_be_used_is_named(folder, path, old, new, why):
    letter = folder / path
    letter.write_text(letter.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")

    with pytest.raises(LettersError, match=re.escape(why)):
        load_letters(folder, LANGUAGES)


def test_a_missing_letter_is_named(folder):
    (folder / "invitation" / "fr.md").unlink()

    with pytest.raises(LettersError, match=r"invitation/fr\.md cannot be read"):
        load_letters(folder, LANGUAGES)


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
        load_letters(MAIL, {"fr": language})


def test_a_language_without_letters_is_named():
    with pytest.raises(LettersError, match=r"no letter invitation/pt\.md"):
        LETTERS.render("invitation", "pt", {}, "")


def test_a_placeholder_without_a_value_stops_the_mail():
    with pytest.raises(LettersError, match=r"acknowledgement/en\.md cannot be filled in: 'ref' is undefined"):
        LETTERS.render("acknowledgement", "en", {}, "")
