"""The misfortunes that people choose on the sandbox's page end as the page promises."""

from datetime import timedelta

import pytest
import requests

from tests.acceptance.people import FEBRUARY, an_answer, attention, drafts, send_in, shown, told

FIVE_MINUTES = timedelta(minutes=5)
PEOPLE = {
    "Fathers in the delivery room": ("Wanjiru Kamau", "wanjiru@example.org"),
    "Boys who bake": ("Otieno", "otieno@example.org"),
    "Care is work": ("Adela", "adela@example.net"),
}
SUMMARIES = (
    "What midwives told us.",
    "Ovens, aprons and the first hundred loaves.",
    "Who gets up when grandmother calls?",
)


def answers():
    return [
        an_answer(
            title=title,
            contact_name=name,
            email=email,
            summary=summary,
            organisation=f"House of {name}",
            presenters=name,
        )
        for (title, (name, email)), summary in zip(PEOPLE.items(), SUMMARIES, strict=True)
    ]


def runs(office, count, now):
    """Run after run, each five minutes after the one before by the sandbox's clock too."""
    for _ in range(count):
        office.control("clock", now=now.isoformat())
        outcome = office.run("intake", now=now)
        now += FIVE_MINUTES
    return outcome, now


@pytest.mark.parametrize(
    "name", ["down", "half_answer", "mail_answer_lost", "row_late", "random", "sorted", "row_inserted", "column_moved"]
)
def test_everybody_is_registered_and_answered_once_whatever_happens(office, name):
    first, *others = answers()
    send_in(office, "en", first)
    _, now = runs(office, 1, FEBRUARY)
    send_in(office, "en", *others)
    requests.post(f"{office.url}/control/scenarios", json={"name": name}, timeout=10).raise_for_status()

    _, now = runs(office, 4, now)
    requests.delete(f"{office.url}/control/faults", timeout=10).raise_for_status()
    outcome, _ = runs(office, 1, now)

    assert (outcome.red, outcome.done) == (False, [])
    assert sorted(shown(office, "Submissions", "Title", "Name", "E-mail")) == sorted(
        (title, *person) for title, person in PEOPLE.items()
    )
    assert {state.split()[0] for (state,) in shown(office, "Submissions", "State")} == {"Acknowledged"}
    assert told(office) == sorted((email, "en") for _, email in PEOPLE.values())
    assert drafts(office) == []
    assert attention(office) == []
    report = requests.get(f"{office.url}/control/requests", timeout=10).json()
    assert report["by_fault"] != {}
