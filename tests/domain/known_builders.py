"""What successive polls leave behind, in memory."""

from tasks.domain.duplicates.keys import match_keys
from tasks.domain.duplicates.proposal import proposal_of
from tasks.domain.keys import row_of
from tasks.domain.known_answers import content_of, mark


class Known:
    """Knows what it was told, as the ledger does; nothing can tell how near two texts are in meaning."""

    reads_meaning = False

    def __init__(self, versions=(), pairs=()):
        self.versions = list(versions)
        self.found = {pair.refs: pair for pair in pairs}

    def keep(self, plan):
        arrived = {content_of(version.response) for version in plan.arrivals}
        self.versions = [v for v in self.versions if content_of(v.response) not in arrived] + list(plan.arrivals)
        self.found |= {pair.refs: pair for pair in plan.pairs}

    def contents(self, languages):
        return {mark(v.response) for v in self.versions if v.response.language in languages and self._stands(v)}

    def _stands(self, version):
        row = row_of(version.response.key)
        others = [one for one in self.versions if (one.ref, row_of(one.response.key)) == (version.ref, row)]
        return version.seen_at == max(one.seen_at for one in others)

    def sharing(self, words):
        found = {}
        for version in self.versions:
            for word in match_keys(proposal_of(version.ref, version.response)) & set(words):
                found.setdefault(word, set()).add(version.ref)
        return found

    def submissions_with(self, clues):
        refs = {version.ref for version in self.versions if self._fits(version, clues)}
        return [version for version in self.versions if version.ref in refs]

    def _fits(self, version, clues):
        response = version.response
        return (
            row_of(response.key) in clues.rows
            or response.person.address_key in clues.senders
            or response.submitted_at in clues.moments
            or version.ref in clues.refs
        )

    def taken(self, refs):
        return {version.ref for version in self.versions} & set(refs)

    def pairs(self, refs):
        return {pair: self.found[pair] for pair in refs if pair in self.found}

    def closeness_at_best(self, couples):
        return [None for _ in couples]

    def closeness(self, couples):
        return [None for _ in couples]
