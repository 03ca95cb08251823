"""What the model of languages said of a text is asked once, and remembered by every later process."""

from tasks.domain.normalise.text_language import FEWEST_WORDS
from tasks.ledger.database import open_database
from tasks.ledger.tongues import Tongues
from tests.ledger.ledger_builders import child

GERMAN = "Wir haben mit den Vätern im Dorf gesprochen und wollen davon erzählen, was uns dabei nicht gelungen ist."


class Model:
    """Says the same of every text, and counts what it was asked."""

    def __init__(self, code):
        self.code, self.asked = code, []

    def __call__(self, text):
        self.asked.append(text)
        return self.code, 0.75


def said(url, model, *texts, made_by="1", kept=True):
    """What a process hears of texts."""
    engine = open_database(url)
    memory = Tongues(engine, model, made_by)
    found = [memory.identify(text) for text in texts]
    if kept:
        memory.keep()
    engine.dispose()
    return found


def test_each_text_is_asked_once(url):
    model = Model("de")

    assert said(url, model, "eins", "eins", "zwei") == [("de", 0.75)] * 3
    assert said(url, model, "zwei", "drei") == [("de", 0.75)] * 2

    assert model.asked == ["eins", "zwei", "drei"]


def test_a_rehearsal_keeps_nothing(url):
    model = Model("de")

    said(url, model, "eins", kept=False)
    said(url, model, "eins")

    assert model.asked == ["eins", "eins"]


def test_another_model_is_asked_anew_and_what_the_first_one_said_is_gone(url):
    said(url, Model("de"), "eins", "zwei")

    assert said(url, Model("nl"), "eins", made_by="2") == [("nl", 0.75)]
    assert said(url, Model("it"), "zwei") == [("it", 0.75)]


POLL = """
import sys
from tasks.ledger.ledger import Ledger
from tests.domain.sheet_builders import LANGUAGES, PROGRAMME, a_form, a_row
from tasks.domain.lines import submission_line
from tasks.domain.responses import read_responses
from tests.domain.test_lines import HEADERS, WORDS, a_submission
url, text = sys.argv[1:]
ledger = Ledger(url)
known = {"language": LANGUAGES["en"], "programme": PROGRAMME, "zone": "UTC", "identify": ledger.tongues.identify}
reading = read_responses(a_form(a_row(summary=text, title="Väter")), sheet="s", **known)
(response,) = reading.responses
line = submission_line(a_submission(response), None, "UTC", WORDS, HEADERS, identify=ledger.tongues.identify)
ledger.tongues.keep()
print([problem.code for problem in reading.problems], line.cells["understood"], "py3langid" in sys.modules)
"""


def test_a_poll_without_new_text_loads_no_model_and_says_the_same(url):
    assert len(GERMAN.split()) >= FEWEST_WORDS

    first = child(POLL, url, GERMAN).communicate(timeout=60)[0].strip()
    second = child(POLL, url, GERMAN).communicate(timeout=60)[0].strip()

    assert first == "['other-language'] Lebanon · written in German True"
    assert second == first.replace("True", "False")
