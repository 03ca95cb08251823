"""The same thing typed on another day, on another machine: names, organisations, addresses, words."""

import unicodedata
from dataclasses import replace

from anyascii import anyascii

TITLES = {"en": ("Dr.", "Ms", "Prof."), "es": ("Lic.", "Mtra.", "Ing."), "fr": ("Mme", "M.", "Dr")}
LITTLE = {"de", "del", "la", "las", "los", "el", "y", "for", "of", "des", "du", "le", "les", "et", "d'écoute"}
AUTOCORRECTED = {
    "en": {"with": "wit", "from": "form", "their": "there", "and": "an", "we": "he", "were": "where", "our": "out",
           "men": "mean", "for": "four", "boys": "toys", "who": "how", "than": "that", "of": "off"},
    "es": {"con": "son", "para": "pata", "las": "la", "hombres": "nombres", "que": "qué", "entre": "antes",
           "nuestro": "nuestra", "sobre": "sobré", "este": "esté", "una": "uña", "como": "cómo", "por": "pro"},
    "fr": {"des": "dès", "avec": "avez", "nous": "vous", "hommes": "pommes", "sur": "sûr", "et": "est", "qui": "quoi",
           "pour": "pur", "ces": "ses", "ont": "on", "une": "un", "dans": "dont"},
}  # fmt: skip
"""Real words that a telephone puts in place of others."""
SIGNS = ("", "", "!", "...", " 👏", " 🙏🏾", "?")


def renamed(sender, source):
    """The same person as they type their name another day."""
    first, last = sender.first, sender.last
    forms = (
        f"{first} {last}".upper(),
        f"{first} {last}".lower(),
        f"{last}, {first}",
        f"{last} {first}",
        f"{last.upper()} {first}",
        anyascii(f"{first} {last}"),
        f"{first} {last.split(maxsplit=1)[0]}",
        f"{first[0]}. {last}",
        f"{first} {last[0]}.",
        first,
        misspelt(f"{first} {last}", source),
        f"{source.choice(TITLES[sender.language])} {first} {last}",
        f"{first} {source.choice('ABEJLMR')}. {last}",
    )
    return replace(sender, name=source.choices(forms, (3, 3, 2, 2, 2, 3, 3, 1, 1, 1, 2, 2, 1))[0])


def reorganised(sender, source):
    """The same organisation, in short, in full or in other letters."""
    name = sender.organisation
    short = "".join(word[0] for word in name.split() if word.lower() not in LITTLE).upper()
    forms = (
        short,
        f"{name} ({short})",
        f"{short} - {name}",
        unaccented(name),
        name.upper(),
        name.split(maxsplit=1)[-1],
    )
    return replace(sender, organisation=source.choice(forms))


def misspelt(text, source):
    """A word of at least five letters with a slip in the middle; the text itself where it has none."""
    words = text.split(" ")
    long = [at for at, word in enumerate(words) if len(word) >= 5 and word.isalpha()]
    if not long:
        return text
    at = source.choice(long)
    words[at] = slip(words[at], source)
    return " ".join(words)


def slip(word, source):
    """Two letters swapped, one left out, doubled or replaced by another; hardly ever the first or the last."""
    at = source.randint(1, max(1, len(word) - 3))
    swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    made = source.choice(
        (
            swapped,
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + source.choice("qwertyuiopasdfghjklzxcvbnm") + word[at + 1 :],
        )
    )
    return made if made != word else word[:at] + word[at] + word[at:]


def autocorrected(text, language, source):
    """One word for which the telephone knew a better one; a slip where it knew none."""
    better, words = AUTOCORRECTED[language], text.split(" ")
    known = [at for at, word in enumerate(words) if word in better]
    if not known:
        return misspelt(text, source)
    at = source.choice(known)
    words[at] = better[words[at]]
    return " ".join(words)


def on_a_phone(text, language, source):
    """As thumbs write it: a better word here and there, no accents, a sign at the end."""
    text = autocorrected(text, language, source) if source.random() < 0.5 else text
    text = unaccented(text) if source.random() < 0.4 else text
    return text.removesuffix(".") + source.choice(SIGNS)


def cut_off(sentences, source):
    """Half of them, the first one, or as many letters as somebody marked before they copied."""
    half, whole = sentences[: max(1, len(sentences) // 2)], " ".join(sentences)
    return source.choice((half, half, sentences[:1], (f"{whole[: 2 * len(whole) // 3]}...",)))


def unaccented(text):
    """The text as typed without accents."""
    return "".join(mark for mark in unicodedata.normalize("NFD", text) if not unicodedata.combining(mark))


def slip_in_host(host):
    """A host as people mistype it."""
    return host.replace(".org", ".og") if host.endswith(".org") else host.replace(".com", ".con")
