"""A language that is written from right to left and made from the English one, so that everybody can read it.

Its code is that of Hebrew, so that dates are real; each Latin letter of a letter or label becomes a Hebrew one.
"""

import re
import shutil
import tomllib

from config.settings import ROOT
from tasks.domain.letter_files import read_letter, source_hash

CODE, NAME = "he", "Pseudo"
ALEPH_BET = "אבגדהוזחטיכלמנסעפצקרשת"
MIRROR = {ord(latin): ALEPH_BET[number % 22] for number, latin in enumerate("abcdefghijklmnopqrstuvwxyz")}
MIRROR |= {ord(chr(latin).upper()): hebrew for latin, hebrew in MIRROR.items()}
KEPT = re.compile(r"(\{\{.*?\}\}|\{\w+\})")  # placeholders, and the places of labels


def mirrored(text):
    """Each letter as a Hebrew one; placeholders stay."""
    return "".join(part if KEPT.fullmatch(part) else part.translate(MIRROR) for part in KEPT.split(text))


def copy_with_pseudo_language(folder):
    """Copies of ``config`` and ``templates`` in which there is one language more; answers both."""
    config = shutil.copytree(ROOT / "config", folder / "config", ignore=shutil.ignore_patterns("__pycache__"))
    templates = shutil.copytree(ROOT / "templates", folder / "templates")
    (config / "languages" / f"{CODE}.toml").write_text(_labels(config), encoding="utf-8")
    for original in (templates / "mail").glob("*/en.md"):
        original.with_name(f"{CODE}.md").write_text(_letter(original), encoding="utf-8")
    return config, templates


def _labels(config):
    labels = tomllib.loads((config / "languages" / "en.toml").read_text(encoding="utf-8"))["labels"]
    lines = [f"{name} = {_quoted(mirrored(text))}" for name, text in labels.items()]
    return "\n".join([f'code = "{CODE}"', f'name = "{NAME}"', "[labels]", *lines, ""])


def _letter(original):
    letter = read_letter(original)
    subject = [f"subject = {_quoted(mirrored(letter.subject))}"] if letter.subject else []
    preheader = f"preheader = {_quoted(mirrored(letter.preheader))}"
    source = f'source = "{source_hash(original.read_text(encoding="utf-8"))}"'
    return "\n".join(["+++", *subject, preheader, source, "+++", mirrored(letter.body)])


def _quoted(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
