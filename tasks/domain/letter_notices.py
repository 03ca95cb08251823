"""What is wrong with translations, told: in sentences for staff, and file by file for whoever mends them."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from tasks.domain.models import Problem, Severity
from tasks.domain.sentences import Tongue, say
from tasks.domain.translations import ORIGINAL, Fault, Why

SHEET = "Letters"
WHAT = {
    Why.missing: "letters-missing",
    Why.stale: "letters-stale",
    Why.unequal: "letters-unequal",
    Why.unusable: "letters-unusable",
}


def letter_problems(faults: Iterable[Fault]) -> list[Problem]:
    """One notice for each language and reason, however many letters it is."""
    problems = []
    ordered = sorted(faults, key=lambda fault: (fault.language, fault.why, fault.used))
    for (language, why, used), some in groupby(ordered, key=lambda fault: (fault.language, fault.why, fault.used)):
        files = tuple(sorted(fault.file for fault in some))
        what = say(WHAT[why], files=files, language=Tongue(language), used=Tongue(used))
        todo = (say("letters-todo", language=Tongue(language)),)
        subject = f"{language}:{used}"
        problems.append(Problem(f"letters-{why}", SHEET, subject, (what,), todo, severity=Severity.notice))
    return problems


def advice(faults: Iterable[Fault]) -> Iterator[str]:
    """One sentence a file: what is wrong and what to do."""
    for fault in faults:
        original = f"{fault.kind}/{ORIGINAL}.md"
        match fault.why:
            case Why.missing:
                yield f"{fault.file} is missing: translate {original}"
            case Why.stale:
                then = f'bring it up to date, then write source = "{fault.detail}" in its head'
                yield f"{fault.file} is older than {original}: {then}"
            case Why.unequal:
                yield f"{fault.file} and {original} differ in {fault.detail}: use what {original} uses, and no more"
            case Why.unusable:
                yield f"{fault.file} cannot be used: {fault.detail}"
