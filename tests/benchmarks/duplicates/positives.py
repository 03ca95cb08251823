"""Ways in which one proposal comes in twice. Each function gives the further filings of a first one."""

from dataclasses import replace
from datetime import timedelta

from tests.benchmarks.duplicates.filings import filed, later
from tests.benchmarks.duplicates.refiling import (
    again,
    answering,
    codes_alike,
    from_elsewhere,
    renamed_sometimes,
    translated,
    with_another_tick,
)
from tests.benchmarks.duplicates.retyping import cut_off, on_a_phone, renamed, slip, slip_in_host
from tests.benchmarks.duplicates.translations import (
    co_presenter_in_another_language,
    half_translated,
    the_same_text_in_another_form,
    three_languages,
    translation,
    translation_by_a_colleague,
)


def resubmission(world, first):
    """The same form again: word for word, with slips mended or made, or with more said."""
    return [again(world, first)]


def resubmission_with_another_tick(world, first):
    """A closed answer was changed on the way."""
    return [replace(again(world, first), codes=with_another_tick(first.codes, world.source))]


def resubmission_reworded(world, first):
    """The same idea told anew: another wording of the title, some sentences as they were."""
    source = world.source
    anew = filed(first.idea, renamed_sometimes(world, first), source, language=first.language, codes=first.codes)
    summary = [source.choice(pair) for pair in zip(first.summary, anew.summary, strict=False)]
    return [replace(anew, summary=tuple(summary), submitted_at=later(first, source))]


def resubmission_shortened(world, first):
    """A shorter title and a part of the summary."""
    source = world.source
    head = first.title.split(":")[0].split("\u2013")[0].strip()
    kept = cut_off(first.summary, source)
    return [replace(again(world, first), title=head, summary=kept, submitted_at=later(first, source))]


def resubmission_on_a_phone(world, first):
    """Typed once more with thumbs, perhaps from the private address."""
    source, language = world.source, first.language
    sender = renamed(from_elsewhere(world, first.sender), source)
    title = on_a_phone(first.title, language, source)
    summary = tuple(on_a_phone(sentence, language, source) for sentence in first.summary)
    return [replace(first, sender=sender, title=title, summary=summary, submitted_at=later(first, source))]


def email_typo(world, first):
    """The address has a slip in it, so the answer never came and they tried again."""
    local, _, host = first.sender.address.partition("@")
    wrong = f"{slip(local, world.source)}@{host}" if world.source.random() < 0.7 else f"{local}@{slip_in_host(host)}"
    made = again(world, first)
    return [replace(made, sender=replace(made.sender, address=wrong))]


def other_address(world, first):
    """The private address, or the one at work."""
    made = again(world, first)
    return [replace(made, sender=replace(made.sender, address=first.sender.private))]


def resubmitted_and_translated(world, first):
    """Once more in the same form, and once in another."""
    return [again(world, first), translated(world, first, first.sender)]


def co_presenter(world, first):
    """The person named as a presenter files it too, in the same form and in words of their own."""
    source = world.source
    other = first.presenters[0]
    mine = filed(first.idea, other, source, language=first.language, codes=codes_alike(first.codes, source))
    words = again(world, first) if source.random() < 0.5 else mine
    return [replace(mine, title=words.title, summary=words.summary, presenters=answering(world, first))]


def annual(world, first):
    """Last year's session again."""
    source = world.source
    next_year = first.submitted_at + timedelta(days=365 + source.randint(-15, 15))
    text = again(world, first) if source.random() < 0.7 else resubmission_reworded(world, first)[0]
    codes = first.codes if source.random() < 0.6 else codes_alike(first.codes, source)
    return [replace(text, submitted_at=next_year, codes=codes)]


def spam_copies(world, first):
    """The same text a few times, under other names."""
    source = world.source
    copies = [replace(first, submitted_at=later(first, source)) for _ in range(source.randint(1, 3))]
    return [replace(copy, sender=world.people.stranger(first.language)) for copy in copies]


def without_a_summary(world, first):
    """The second time, or both times, they had no patience for the long answer."""
    return [replace(again(world, first), summary=(world.source.choice(("-", "n/a", "...", "x")),))]


POSITIVES = {
    "resubmission": (resubmission, 40),
    "resubmission, another tick": (resubmission_with_another_tick, 10),
    "resubmission, reworded": (resubmission_reworded, 8),
    "resubmission, shortened": (resubmission_shortened, 5),
    "resubmission, on a phone": (resubmission_on_a_phone, 10),
    "e-mail typo": (email_typo, 12),
    "other address": (other_address, 12),
    "translation": (translation, 20),
    "translation by a colleague": (translation_by_a_colleague, 10),
    "three languages": (three_languages, 4),
    "resubmitted and translated": (resubmitted_and_translated, 4),
    "co-presenter": (co_presenter, 8),
    "co-presenter, other language": (co_presenter_in_another_language, 6),
    "annual": (annual, 8),
    "same text, other form": (the_same_text_in_another_form, 4),
    "half translated": (half_translated, 5),
    "spam copies": (spam_copies, 2),
    "no summary": (without_a_summary, 3),
}
SENT_AGAIN = ("resubmission", "e-mail typo", "other address", "no summary")
"""How the kinds begin in which one person files one proposal again in one form: only these may be joined unasked."""
