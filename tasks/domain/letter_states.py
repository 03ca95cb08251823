"""What became of the letters that staff asked for, in their words."""

from collections.abc import Iterable, Iterator, Mapping

from tasks.domain.effects import UNSENT, Effect, EffectState
from tasks.domain.letter_names import OF_SUBMISSIONS, LetterName, letter_of
from tasks.domain.words import Words

STATES: Mapping[EffectState, str] = {
    EffectState.draft: "letter_waits",
    EffectState.ready: "letter_waits",
    EffectState.sending: "letter_waits",
    EffectState.held: "letter_held",
    EffectState.sent: "letter_sent",
    EffectState.failed: "letter_failed",
    EffectState.uncertain: "letter_uncertain",
    EffectState.bounced: "letter_bounced",
    **dict.fromkeys(UNSENT, "letter_not_sent"),
}


def letters_among(effects: Mapping[str, Effect]) -> dict[str, Effect]:
    """The letters about submissions."""
    return {key: effect for key, effect in effects.items() if letter_of(key) in OF_SUBMISSIONS}


def letter_states(mine: Iterable[Effect], zone: str, words: Words) -> Iterator[str]:
    """The newest letter of each kind, for the State of its submission."""
    newest: dict[LetterName, Effect] = {}
    for effect in sorted(mine, key=lambda one: (one.created_at is None, str(one.created_at), one.key)):
        if letter := letter_of(effect.key):
            newest.pop(letter, None)
            newest[letter] = effect
    for letter, effect in newest.items():
        when = words.moment(effect.settled_at, zone) if effect.settled_at else ""
        yield words.say(STATES[effect.state], letter=words.attention[letter], when=when).strip()


def held_letter(letter: LetterName, words: Words) -> str:
    """What the State says of a word that waits for staff."""
    return words.say("letter_not_ready", letter=words.attention[letter])


def told_letter(effect: Effect, letter: LetterName, words: Words) -> str:
    """One line of a history."""
    return words.tell(STATES[effect.state], letter=words.attention[letter])
