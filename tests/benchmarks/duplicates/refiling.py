"""What the ways of filing again have in common: slips, additions, names typed anew, translations, other ticks."""

from dataclasses import replace

from tests.benchmarks.duplicates.filings import CLOSED, ON_STAGE, PROGRAMME, filed, later
from tests.benchmarks.duplicates.ideas import ROUND
from tests.benchmarks.duplicates.retyping import misspelt, renamed, reorganised, unaccented
from tests.benchmarks.duplicates.vocabulary import LANGUAGES


def again(world, first):
    """Filed once more by the same person in the same form: as it was, with slips, or with something added."""
    source = world.source
    title, summary = first.title, list(first.summary)
    if source.random() < 0.45:
        title = misspelt(title, source)
    if source.random() < 0.45:
        at = source.randrange(len(summary))
        summary[at] = misspelt(summary[at], source)
    if source.random() < 0.25:
        added = source.choice(world.words.sentences).say(
            first.language, source, n=source.choice(ROUND), **added_slots(first, source)
        )
        summary.append(added)
    if source.random() < 0.15:
        title = source.choice((title.upper(), title.lower(), unaccented(title), f"{title}.", title.replace(":", " -")))
    return replace(
        first,
        sender=renamed_sometimes(world, first),
        title=title,
        summary=tuple(summary),
        submitted_at=later(first, source),
        preferred_dates=source.choice((first.preferred_dates, first.preferred_dates, "07/2026")),
        on_stage=source.choice((first.on_stage, first.on_stage, *ON_STAGE)),
    )


def added_slots(first, source):
    """The first filing's own words for a sentence that is added to it."""
    idea = first.idea
    named = {"t": idea.topic, "a": idea.audience, "p": idea.place, "m": idea.method}
    return {slot: phrase.say(first.language, source) for slot, phrase in named.items()}


def renamed_sometimes(world, first):
    """The sender, three times in ten with the name or organisation typed anew, and seldom without a telephone."""
    source = world.source
    sender = renamed(first.sender, source) if source.random() < 0.3 else first.sender
    sender = reorganised(sender, source) if source.random() < 0.15 else sender
    return replace(sender, phone=source.choice((sender.phone, sender.phone, in_digits(sender.phone), "")))


def in_digits(phone):
    """The number without the plus and the blanks, as a sheet keeps it."""
    return phone.replace(" ", "").removeprefix("+")


def from_elsewhere(world, sender):
    """One time in six from the other address."""
    return replace(sender, address=sender.private) if world.source.random() < 0.17 else sender


def translated(world, first, sender, language=None):
    """The idea in another language, with the same ticks or nearly so."""
    source = world.source
    made = filed(
        first.idea,
        sender,
        source,
        language=language or another_language(first, source),
        codes=codes_alike(first.codes, source),
        at=later(first, source),
    )
    return replace(made, presenters=first.presenters)


def another_language(first, source):
    """One of the other two."""
    return source.choice([code for code in LANGUAGES if code != first.language])


def answering(world, first):
    """Whom a co-presenter names in turn: often the first sender."""
    return (first.sender,) if world.source.random() < 0.6 else ()


def codes_alike(codes, source):
    """The same ticks, one time in three with one of them different."""
    return with_another_tick(codes, source) if source.random() < 0.33 else codes


def with_another_tick(codes, source):
    """The ticks with one closed question answered in another way."""
    field = source.choice(CLOSED)
    others = [(option,) for option in PROGRAMME.questions[field].options if (option,) != codes[field]]
    return {**codes, field: source.choice(others)}
