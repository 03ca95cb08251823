"""What people do about the wording of mails: check the translations, look at every mail, add a language."""

import re

import pytest
from typer.testing import CliRunner

from flows.cli import app
from tasks.domain.mail_identity import MailKind, Short
from tests.domain.pseudo_language import copy_with_pseudo_language


@pytest.fixture
def house(tmp_path):
    """Copies of config and templates, with a language more, that a test may spoil."""
    return copy_with_pseudo_language(tmp_path)


@pytest.fixture
def colab(house):
    config, templates = house

    def run(*words):
        environment = {"COLAB_CONFIG": str(config), "COLAB_TEMPLATES": str(templates), "COLUMNS": "200"}
        return CliRunner().invoke(app, [str(word) for word in words], env=environment)

    return run


def letters_of(house, code):
    return {path.parent.name: path for path in (house[1] / "mail").glob(f"*/{code}.md")}


def rewrite(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


# ------------------------------------------------------------------------------------------------ templates check
def test_a_translation_that_cannot_be_used_or_would_be_held_is_named_with_what_to_do(colab, house):
    french = letters_of(house, "fr")
    french["invitation"].unlink()
    rewrite(french["rescheduled"], 'source = "', 'source = "0')
    rewrite(french["reminder_week"], "{{ minutes }} minutes", "une heure")
    rewrite(french["reminder_day"], "{{ minutes }}", "{{ minutes")
    rewrite(french["reminder_hour"], "[Rejoindre la session]", "[ici]")
    add_portuguese(house, kinds=[MailKind.invitation])

    answer = colab("templates", "check")

    assert answer.exit_code == 1
    for told in (
        "invitation/fr.md is missing: translate invitation/en.md",
        "rescheduled/fr.md is older than rescheduled/en.md: bring it up to date, then write source = ",
        "reminder_week/fr.md and reminder_week/en.md differ in minutes: use what reminder_week/en.md uses, and no more",
        "reminder_day/fr.md cannot be used: ",
        "reminder_hour/fr.md: A4: ",
    ):
        assert told in answer.output
    assert answer.output.count("reminder_hour/fr.md: ") == 1
    assert answer.output.count("pt.md is missing") == len([*MailKind, *Short]) - 1


def test_letters_whose_original_is_missing_cannot_be_used_at_all(colab, house):
    (house[1] / "mail" / "invitation" / "en.md").unlink()

    answer = colab("templates", "check")

    assert answer.exit_code == 2
    assert "invitation/en.md cannot be read" in answer.output


# ------------------------------------------------------------------------------------------------ preview
def test_every_mail_of_one_kind_can_be_looked_at(colab, tmp_path):
    answer = colab("preview", "rescheduled", "--language", "fr", "--to", tmp_path / "shown")

    assert answer.exit_code == 0
    names = {path.name for path in (tmp_path / "shown" / "rescheduled").iterdir()}
    stems = ("fr", "fr-long", "fr-right-to-left", "fr-no-zone", "fr-hostile", "fr-nameless")
    everything = {f"{stem}.{ending}" for stem in stems for ending in ("eml", "txt", "html", "ics")}
    wished = {f"fr-{case}.{ending}" for case in ("minimal", "no-calendar") for ending in ("eml", "txt", "html")}
    assert names == everything | wished | {f"fr-text-only.{ending}" for ending in ("eml", "txt", "ics")}
    assert f"9 mails: open {tmp_path / 'shown' / 'index.html'}" in answer.output


def test_the_page_leads_to_every_file(colab, tmp_path):
    colab("preview", "--language", "fr", "--to", tmp_path / "shown")

    page = (tmp_path / "shown" / "index.html").read_text(encoding="utf-8")
    links = set(re.findall(r'href="([^"]+)"', page))
    files = {str(path.relative_to(tmp_path / "shown")) for path in (tmp_path / "shown").glob("*/*")}
    assert links == files
    assert len({link.partition("/")[0] for link in links}) == len(MailKind)


def test_the_page_says_which_translations_cannot_be_used_and_what_stands_in(colab, house, tmp_path):
    (house[1] / "mail" / "removed" / "fr.md").unlink()

    colab("preview", "removed", "--to", tmp_path / "shown")

    page = (tmp_path / "shown" / "index.html").read_text(encoding="utf-8")
    assert "removed/fr.md is missing: translate removed/en.md" in page
    assert "written in English" in page
    assert "This time is yours again" in (tmp_path / "shown" / "removed" / "fr.txt").read_text(encoding="utf-8")


def test_the_usual_reader_is_called_as_somebody_asks(colab, tmp_path):
    colab("preview", "accepted", "--language", "es", "--person", "Itziar", "--to", tmp_path / "shown")

    assert "Hola, Itziar:" in (tmp_path / "shown" / "accepted" / "es.txt").read_text(encoding="utf-8")


def test_a_language_that_nobody_wrote_is_refused(colab):
    answer = colab("preview", "--language", "pt")

    assert answer.exit_code == 2
    assert "--language is pt, but must be one of en, es, fr, he" in answer.output


# ------------------------------------------------------------------------------------------------ another language
def add_portuguese(house, kinds=(*MailKind, *Short)):
    """What somebody does who adds a language: a file of labels, and a translation of each letter."""
    config, templates = house
    spanish = (config / "languages" / "es.toml").read_text(encoding="utf-8")
    labels = spanish[spanish.index("[labels]") :].replace("Hola", "Olá")
    head = 'code = "pt"\nname = "Português"\nfallback = ["es", "en"]\n'
    (config / "languages" / "pt.toml").write_text(head + labels, encoding="utf-8")
    for kind in kinds:
        letter = templates / "mail" / kind / "es.md"
        letter.with_name("pt.md").write_text(
            letter.read_text(encoding="utf-8").replace("\n# ", "\n# [pt] "), encoding="utf-8"
        )


def test_a_language_is_added_by_adding_files(colab, house, tmp_path):
    add_portuguese(house)

    checked = colab("templates", "check")
    everything = f"{len([*MailKind, *Short])} letters, each in English, Español, Français, Pseudo, Português"
    assert f"{everything}: all can be used." in checked.output
    assert checked.exit_code == 0
    assert colab("preview", "--language", "pt", "--to", tmp_path / "shown").exit_code == 0
    text = (tmp_path / "shown" / "invitation" / "pt.txt").read_text(encoding="utf-8")
    assert text.startswith("[pt] ")
    assert "Olá, Amina Diallo:" in text
    assert "quinta-feira, 12 de novembro de 2026" in text


def test_a_language_that_is_half_translated_falls_back_by_its_own_chain(colab, house, tmp_path):
    add_portuguese(house, kinds=[MailKind.invitation])

    for kind in (MailKind.invitation, MailKind.accepted):
        colab("preview", kind, "--language", "pt", "--to", tmp_path / "shown")
    assert (tmp_path / "shown" / "invitation" / "pt.txt").read_text(encoding="utf-8").startswith("[pt] ")
    assert "Hola, Amina Diallo:" in (tmp_path / "shown" / "accepted" / "pt.txt").read_text(encoding="utf-8")
