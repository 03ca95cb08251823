"""What ends a live run because of its ledger."""


class LedgerStops(Exception):  # noqa: N818 (a state, not a mistake)
    """A live run cannot go on; the message is a sentence for people."""


def no_answer() -> LedgerStops:
    """The database is away, or its disk is full."""
    return LedgerStops("the ledger's database does not answer; what this run left open is looked up by the next one")
