"""People's names: how they are shown, and by which words they are compared; what was typed is never replaced."""

import re

from rapidfuzz.distance import OSA

from tasks.domain.folding import fold, one_line
from tasks.domain.normalise.wordlists import words

LONGEST = 120
LONG_WORD = 5
FULL_NAME = 2
WORD = re.compile(r"[^\W_]+")
PIECE = re.compile(r"([\s\-.,()/]+)")
BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
APOSTROPHE = re.compile("['\u2018\u2019\u02bc`]")
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


def display_name(typed: str) -> str:
    """The name in one line, with capitals where the person chose none: only small letters, or only capitals.

    Mixed letters are a choice and stay (``McDonald``, ``de la Cruz``, ``Aissatou DIOP``); so does a single word in
    capitals, which may be an acronym.
    """
    line = one_line(typed)
    shouted = line.isupper() and len(line.split()) > 1
    if len(line) > LONGEST or not (line.islower() or shouted) or "@" in line:
        return line
    pieces = PIECE.split(line)
    return "".join(piece if at % 2 else _capital(piece, first=not at) for at, piece in enumerate(pieces))


def name_words(typed: str) -> tuple[str, ...]:
    """The words by which a name is compared, in their order: folded, without titles, remarks and particles.

    A name that would be a single word keeps its particles: ``Ben`` and ``Van`` are names too.
    """
    plain = APOSTROPHE.sub("", BRACKETS.sub(" ", one_line(typed)[:LONGEST]))
    every = tuple(word for word in WORD.findall(APOSTROPHE.sub("", fold(plain))) if word not in HONORIFICS)
    full = tuple(word for word in every if word not in PARTICLES)
    if len(full) >= FULL_NAME:
        return full
    return every if full or len(every) == 1 else ()


def name_key(typed: str) -> str:
    """Equal for the same words in any order; ``""`` for what holds no word, which matches nobody."""
    return " ".join(sorted(name_words(typed)))


def same_name(one: str, other: str) -> bool:
    """Whether all words of the shorter name are in the longer one, two of them in full; initials stand for a word."""
    fewer, more = sorted((name_words(one), name_words(other)), key=len)
    rest = list(more)
    equal = 0
    for word in sorted(fewer, key=len, reverse=True):
        match = next((candidate for candidate in rest if _stands_for(word, candidate)), None)
        if match is None:
            return False
        rest.remove(match)
        equal += len(word) > 1 and len(match) > 1
    return equal >= FULL_NAME


def near_name(one: str, other: str) -> bool:
    """The same names but for at most one typing error: María and Mario, Fernanda and Fernando are two people."""
    mine, others = set(name_words(one)), set(name_words(other))
    left, right = mine - others, others - mine
    return (
        len(mine) == len(others) >= FULL_NAME
        and len(left) <= 1
        and all(near_word(here, there) for here, there in zip(left, right, strict=True))
    )


def near_word(one: str, other: str) -> bool:
    """One letter wrong, missing, added or swapped in a long word: not its first, and not its gender."""
    if one == other:
        return True
    if one[:-1] == other[:-1] and {one[-1:], other[-1:]} <= GENDERED:
        return False
    return (
        one[:1] == other[:1]
        and min(len(one), len(other)) >= LONG_WORD
        and OSA.distance(one, other, score_cutoff=1) <= 1
    )


def _stands_for(word: str, other: str) -> bool:
    return word == other or (min(len(word), len(other)) == 1 and word[0] == other[0])


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
