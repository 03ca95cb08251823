"""What near misses have in common: a filing like the first one, with another idea or one that differs in a facet."""

from dataclasses import replace

from tests.benchmarks.duplicates.filings import filed, later
from tests.benchmarks.duplicates.ideas import new_idea, sibling
from tests.benchmarks.duplicates.refiling import codes_alike


def near(world, first, idea, *, sender=None, language=None):
    """Another filing by the same person, or a given one, with ticks that agree more often than not.

    Half of them say what everybody says in the words in which the first one did.
    """
    source = world.source
    idea = replace(idea, stock=first.idea.stock) if source.random() < 0.5 else idea
    made = filed(
        idea,
        sender or first.sender,
        source,
        language=language or first.language,
        codes=codes_alike(first.codes, source) if source.random() < 0.6 else None,
        at=later(first, source),
    )
    return replace(made, presenters=first.presenters if source.random() < 0.4 else ())


def filed_anew(world, first, idea):
    """The first filing, with another idea in it."""
    made = filed(idea, first.sender, world.source, codes=first.codes, at=first.submitted_at)
    return replace(made, presenters=first.presenters)


def varied(world, first, facet):
    """The idea with a sibling of one facet; it shows in the summary, and in the title where the title names it."""
    idea = sibling(first.idea, facet, world.words, world.source)
    alike = world.source.random() < 0.6
    fresh = new_idea(world.words, world.source)
    return idea if alike else replace(idea, sentences=fresh.sentences, numbers=(idea.numbers[0], *fresh.numbers[1:]))
