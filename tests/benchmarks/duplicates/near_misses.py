"""Proposals that look alike and are two. Each function gives further filings that resemble a first one."""

from dataclasses import replace

from tests.benchmarks.duplicates.filings import filed, later
from tests.benchmarks.duplicates.ideas import new_idea, shows
from tests.benchmarks.duplicates.refiling import another_language
from tests.benchmarks.duplicates.variations import filed_anew, near, varied
from tests.benchmarks.duplicates.vocabulary import capital, contracted


def another_proposal(world, first):
    """The same person has two ideas."""
    return [near(world, first, new_idea(world.words, world.source))]


def another_audience(world, first):
    """The same person, the same topic, other people."""
    return [near(world, first, varied(world, first, "audience"))]


def another_region(world, first):
    """The same person, the same topic, elsewhere."""
    return [near(world, first, varied(world, first, "place"))]


def sibling_topic(world, first):
    """The same person and frame, a topic of the same family."""
    return [near(world, first, varied(world, first, "topic"))]


def the_next_part(world, first):
    """Part 2 of something, told in nearly the same words."""
    return [near(world, first, replace(first.idea, part=max(2, first.idea.part + 1)))]


def the_next_part_in_another_language(world, first):
    """Part 2, filed in another form."""
    part_2 = replace(first.idea, part=max(2, first.idea.part + 1))
    return [near(world, first, part_2, language=another_language(first, world.source))]


def translation_with_another_region(world, first):
    """The same session elsewhere, in another form."""
    return [near(world, first, varied(world, first, "place"), language=another_language(first, world.source))]


def translation_with_another_audience(world, first):
    """The same session for other people, in another form."""
    return [near(world, first, varied(world, first, "audience"), language=another_language(first, world.source))]


def sibling_topic_in_another_language(world, first):
    """A topic of the same family, in another form."""
    return [near(world, first, varied(world, first, "topic"), language=another_language(first, world.source))]


def the_next_of_a_series(world, first):
    """Two sessions of one series of the organisation, which their titles name first."""
    series = replace(first.idea, series=first.sender.organisation)
    other = replace(varied(world, first, world.source.choice(("topic", "audience"))), series=series.series)
    return [filed_anew(world, first, series), near(world, first, other)]


def copied_and_edited(world, first):
    """The same person took the last text for the next proposal, and changed what it is about."""
    fresh = new_idea(world.words, world.source)
    return [near(world, first, replace(first.idea, topic=fresh.topic, audience=fresh.audience, method=fresh.method))]


def a_colleague_on_the_same_topic(world, first):
    """One organisation, one topic, one place; another session by somebody else."""
    idea = replace(new_idea(world.words, world.source), topic=first.idea.topic, place=first.idea.place)
    return [near(world, first, idea, sender=world.people.colleague(first.sender))]


def boilerplate(world, first):
    """A colleague's proposal with the paragraph that stands in all proposals of the organisation."""
    idea = replace(new_idea(world.words, world.source), boilerplate=first.idea.boilerplate)
    return [near(world, first, idea, sender=world.people.colleague(first.sender))]


def the_same_title_elsewhere(world, first):
    """Another organisation chose the same title for a session of its own."""
    source = world.source
    stranger = world.people.stranger(first.language)
    named = [facet for facet in ("topic", "audience", "place", "method") if shows(first.idea, facet)]
    idea = replace(
        new_idea(world.words, source), title=first.idea.title, **{facet: getattr(first.idea, facet) for facet in named}
    )
    return [replace(filed(idea, stranger, source, at=later(first, source)), title=first.title)]


def shared_inbox(world, first):
    """Two people of one organisation file two proposals from its common address."""
    other = replace(world.people.colleague(first.sender), address=first.sender.address)
    return [near(world, first, new_idea(world.words, world.source), sender=other)]


def namesake(world, first):
    """Somebody else has the same name."""
    return [near(world, first, new_idea(world.words, world.source), sender=world.people.namesake(first.sender))]


def five_proposals(world, first):
    """An organisation files five, by two people, all with its paragraph."""
    colleague = world.people.colleague(first.sender)
    ideas = [replace(new_idea(world.words, world.source), boilerplate=first.idea.boilerplate) for _ in range(4)]
    return [near(world, first, one, sender=world.source.choice((first.sender, colleague))) for one in ideas]


def trap(world, first):
    """Everything is the same but a word, and the word makes it another session."""
    source = world.source
    pair = source.choice([one for one in world.words.traps if one.language == first.language])
    place = source.choice(source.choice(world.words.places)).say(first.language, source)
    one, other = (contracted(text.format(p=place), first.language) for text in (pair.one, pair.other))
    changed = replace(first, title=capital(other), submitted_at=later(first, source))
    return [replace(first, title=capital(one)), changed]


def no_summary(world, first):
    """The same person's other idea, both without a summary."""
    other = near(world, first, varied(world, first, world.source.choice(("topic", "audience", "place"))))
    return [replace(first, summary=("-",)), replace(other, summary=("-",))]


NEAR_MISSES = {
    "same person, other proposal": (another_proposal, 40),
    "other audience": (another_audience, 30),
    "other region": (another_region, 25),
    "sibling topic": (sibling_topic, 25),
    "next part": (the_next_part, 25),
    "next part, other language": (the_next_part_in_another_language, 6),
    "translation, other region": (translation_with_another_region, 8),
    "translation, other audience": (translation_with_another_audience, 6),
    "sibling topic, other language": (sibling_topic_in_another_language, 6),
    "next of a series": (the_next_of_a_series, 12),
    "copied and edited": (copied_and_edited, 12),
    "colleague, same topic": (a_colleague_on_the_same_topic, 20),
    "boilerplate": (boilerplate, 20),
    "same title, other organisation": (the_same_title_elsewhere, 15),
    "shared inbox": (shared_inbox, 15),
    "namesake": (namesake, 15),
    "five proposals": (five_proposals, 6),
    "trap": (trap, 10),
    "no summary, near miss": (no_summary, 4),
}
REPLACES_THE_FIRST = ("trap", "no summary, near miss", "next of a series")
"""Kinds whose function gives the first filing anew, and then the others."""
