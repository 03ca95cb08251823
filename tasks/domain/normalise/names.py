"""People's names: how they are shown, and by which words they are compared; what was typed is never replaced."""

import re

from rapidfuzz.distance import OSA

from tasks.domain.folding import fold, one_line
from tasks.domain.normalise.wordlists import words

LONGEST, LOOKED_AT = 120, 1000
LONG_WORD = 5
FULL_NAME = 2
WORD = re.compile(r"[^\W_]+")
PIECE = re.compile(r"([\s\-.,()/]+)")
BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
ELIDED = re.compile("^(?P<head>[A-Za-z\u00c0-\u024f]{1,2}['\u2018\u2019\u02bc])(?P<tail>.+)$")
PARTICLES = words(
    "de del della di da das do dos du d la las los le les van von der den ter zu y e bin ben bint ibn al el abu"
)
HONORIFICS = words(
    """dr dra doctor doctora docteur docteure prof profesor profesora professor professeur professeure mr mrs ms mx
    miss sr sra srta senor senora senorita mme mlle monsieur madame mademoiselle ing lic licda licenciado licenciada
    abg arq rev reverend reverendo pasteur pastor pastora hon phd msc mba"""
)
ROMAN = frozenset({"ii", "iii"})
GENDERED = frozenset("aeo")


def typed_name(typed: str) -> str:
    """The name as it was typed, in one line."""
    return one_line(typed[:LOOKED_AT])


def display_name(typed: str) -> str:
    """The name in one line, with capitals where the person chose none: only small letters, or only capitals.

    Mixed letters are a choice and stay (``McDonald``, ``de la Cruz``, ``Aissatou DIOP``); so does a single word in
    capitals, which may be an acronym.
    """
    line = typed_name(typed)
    shouted = line.isupper() and len(line.split()) > 1
    if len(line) > LONGEST or not (line.islower() or shouted) or "@" in line:
        return line
    pieces = PIECE.split(line)
    return "".join(piece if at % 2 else _capital(piece, first=not at) for at, piece in enumerate(pieces))


def name_words(typed: str) -> frozenset[str]:
    """The words by which a name is compared, in no order: folded, without titles, remarks and particles.

    A name that would be a single word keeps its particles: ``Ben`` and ``Van`` are names too. No words match nobody.
    """
    plain = fold(BRACKETS.sub(" ", typed_name(typed)[:LONGEST])).replace("'", "")
    every = frozenset(WORD.findall(plain)) - HONORIFICS
    full = every - PARTICLES
    if len(full) >= FULL_NAME:
        return full
    return every if full or len(every) == 1 else frozenset()


def names_match(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether all words of the shorter name are in the longer one, two at least."""
    fewer, more = sorted((one, other), key=len)
    return len(fewer) >= FULL_NAME and fewer <= more


def names_near(one: frozenset[str], other: frozenset[str]) -> bool:
    """Equal but for one typing error in a long word: María and Mario, Fernanda and Fernando are two people."""
    mine, theirs = one - other, other - one
    if not (len(one) == len(other) >= FULL_NAME and len(mine) == len(theirs) == 1):
        return False
    (word,), (changed,) = mine, theirs
    long = min(len(word), len(changed)) >= LONG_WORD
    gendered = word[:-1] == changed[:-1] and {word[-1], changed[-1]} <= GENDERED
    return long and not gendered and OSA.distance(word, changed, score_cutoff=1) <= 1


def _capital(word: str, *, first: bool) -> str:
    small = word.lower()
    if small in ROMAN or (word.isupper() and len(word) <= FULL_NAME and not set(fold(small)) & set("aeiouy")):
        return word.upper()
    if (elided := ELIDED.match(small)) is not None:
        head, tail = elided["head"], elided["tail"]
        return (head if not first and head[0] == "d" else head.capitalize()) + tail[:1].title() + tail[1:]
    if small in PARTICLES and not first:
        return small
    start = small[:2].title() if small.startswith("mc") and len(small) > LONG_WORD else ""
    rest = small[len(start) :]
    return start + rest[:1].title() + rest[1:]
