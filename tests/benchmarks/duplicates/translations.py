"""Ways in which one proposal comes in through two forms. Each function gives the further filings of a first one."""

from dataclasses import replace

from tests.benchmarks.duplicates.filings import later
from tests.benchmarks.duplicates.refiling import (
    again,
    another_language,
    answering,
    from_elsewhere,
    renamed_sometimes,
    translated,
)
from tests.benchmarks.duplicates.vocabulary import LANGUAGES


def translation(world, first):
    """The same person, in another form."""
    return [translated(world, first, from_elsewhere(world, renamed_sometimes(world, first)))]


def translation_by_a_colleague(world, first):
    """Somebody else of the organisation, in another form."""
    return [translated(world, first, world.people.colleague(first.sender))]


def three_languages(world, first):
    """One proposal in all three forms."""
    others = [code for code in LANGUAGES if code != first.language]
    return [translated(world, first, renamed_sometimes(world, first), code) for code in others]


def co_presenter_in_another_language(world, first):
    """The person named as a presenter files it too, in another form."""
    mine = translated(world, first, first.presenters[0])
    return [replace(mine, presenters=answering(world, first))]


def the_same_text_in_another_form(world, first):
    """Nothing was translated: the text of one form was pasted into another."""
    other = another_language(first, world.source)
    return [replace(again(world, first), language=other, submitted_at=later(first, world.source))]


def half_translated(world, first):
    """In another form, with half of the title, all of it or some sentences left as they were."""
    source = world.source
    made = translated(world, first, first.sender)
    mixed = [source.choice(pair) for pair in zip(first.summary, made.summary, strict=False)]
    titles = first.title, made.title, f"{first.title.split(':')[0]}: {made.title.split(':')[-1].strip()}"
    return [replace(made, summary=tuple(mixed), title=source.choice(titles))]
