"""What the rules expect of every mail of this programme, whoever it goes to."""

from collections.abc import Iterable, Mapping

from tasks.domain.letters import Letters
from tasks.domain.message_rules import House
from tasks.domain.message_rules.foreign import foreign_words
from tasks.domain.message_rules.sensitive import sensitive
from tasks.domain.programme import Language, Programme


def house_of(
    programme: Programme, languages: Mapping[str, Language], letters: Letters, others: Iterable[str] = ()
) -> House:
    """``others`` are the addresses (comparison form) of people that a mail could give away."""
    texts = {
        (kind, code): [one.subject, one.preheader, one.body, *letters.labels[code].values()]
        for (kind, code), one in letters.letters.items()
    }
    return House(
        sender=programme.sender,
        hosts=frozenset(programme.discretion.link_hosts),
        sensitive=sensitive(word for language in languages.values() for word in language.sensitive),
        others=frozenset(others),
        foreign=foreign_words({key: found[2:] for key, found in texts.items()}),
        own={key: " ".join(found) for key, found in texts.items()},
    )
