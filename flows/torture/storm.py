"""A storm: the story with several workers at once, some of them killed, replies lost, Google ill, staff sorting."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from random import Random

from flows.torture.place import Place
from flows.torture.stage import Scene, Stage
from flows.torture.story import STORY
from flows.torture.walker import Order
from flows.torture.worker import Worker

CHANCES = (0.0, 0.05, 0.1, 0.2)
EFFECTS = ("drop-before", "drop-after", "status", "status-after", "half-body", "truncated")
MOST_STEPS, MOST_REPLIES, MOST_REQUESTS = 70, 16, 12
ACTS = (
    {"do": "sort", "book": "register", "tab": "Submissions", "column": "H"},
    {"do": "sort", "book": "register", "tab": "Submissions", "column": "A", "descending": True},
    {"do": "insert_row", "book": "register", "tab": "Submissions", "row": 2},
    {"do": "insert_row", "book": "register", "tab": "Sessions", "row": 2},
    {"do": "sort", "book": "register", "tab": "Members", "column": "A"},
)


@dataclass
class Storm:
    """What was wrong in the end, nothing if all is well; and what happened, chapter by chapter in words."""

    seed: int
    wrong: list[str] = field(default_factory=list)
    happened: list[str] = field(default_factory=list)
    kills: int = 0
    faults: int = 0
    answers: int = 0


def storm(stage: Stage, seed: int) -> Storm:
    """Play the story in bad weather that the seed decides; the order of workers at once is the machine's."""
    told, chance = Storm(seed), Random(seed)  # noqa: S311 (no secret depends on it)
    with stage.opened(stage.scenes[0]) as place:
        for number, scene in enumerate(stage.scenes):
            chapter = scene.chapter
            place.people.set_clock(chapter.now)
            if number:
                chapter.people(place.people)
            for _ in range(chance.randint(1, 2)):
                _blow(place, scene, chance, told)
            wrong = place.run_until_quiet(chapter.flow, chapter.now, scene.parameters) + place.wrong_at(scene.ends)
            told.wrong += [f"{chapter.name}: {line}" for line in wrong]
            if wrong:
                break
        told.answers = place.answered
    return told


def _blow(place: Place, scene: Scene, chance: Random, told: Storm) -> None:
    """Some workers at once, in the weather of one moment."""
    weather = {"seed": chance.randrange(2**31), "chance": chance.choice(CHANCES), "effects": list(EFFECTS)}
    place.people.ask("DELETE", "/control/requests")
    place.people.ask("POST", "/control/faults", [weather, *_staff(chance)])
    place.post.expect(chance.choice((0, chance.randint(1, MOST_REPLIES))), keeps=chance.choice((True, False)))
    with ExitStack() as stack:
        workers = [stack.enter_context(Worker(order)) for order in _orders(place, scene, chance)]
        for worker in workers:
            worker.begin()
        ends = [worker.end() for worker in workers]
    struck = place.people.ask("GET", "/control/requests")["by_fault"]
    lost = int(0 < place.post.strikes_at <= len(place.post.replies))
    place.people.ask("DELETE", "/control/faults")
    place.post.expect()
    told.kills += ends.count(None)
    told.faults += sum(struck.values()) + lost
    told.happened.append(
        f"{scene.chapter.name}: {len(ends)} workers at once, {ends.count(None)} killed; "
        + (", ".join(f"{count} x {what}" for what, count in sorted(struck.items())) or "Google well")
        + ("; the mail server hung up once" if lost else "")
    )


def _staff(chance: Random) -> Iterator[dict[str, object]]:
    """Up to two acts of staff, each beside some request."""
    for _ in range(chance.randint(0, 2)):
        moment = chance.choice(("before", "after"))
        nth = chance.randint(1, MOST_REQUESTS)
        yield {"effect": "person", "nth": nth, "moment": moment, "action": chance.choice(ACTS)}


def _orders(place: Place, scene: Scene, chance: Random) -> Iterator[Order]:
    """The chapter's own run, and others that may be at work by then."""
    mine = Order(place.given, scene.chapter.flow, scene.chapter.now, scene.parameters)
    so_far = [scene.chapter] if scene.chapter.alone else STORY[: 1 + STORY.index(scene.chapter)]
    others = sorted({chapter.flow for chapter in so_far} - {"resend-invites"})
    for number in range(chance.randint(2, 4)):
        order = mine if number == 0 else Order(place.given, chance.choice(others), scene.chapter.now)
        yield order.dying_at(chance.choice((0, chance.randint(1, MOST_STEPS))))
