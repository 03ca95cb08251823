"""Letters that staff ask for in *Submissions*: promised once, then written and sent with the other mails of a run."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from types import MappingProxyType

from tasks.chapter import Run
from tasks.corrections import Known
from tasks.domain.book import Book
from tasks.domain.conversation_mails import Talk, compose_conversation
from tasks.domain.effects import Effect, EffectKind, EffectState, by_ref
from tasks.domain.letter_faults import make_letter_rules, wording_of
from tasks.domain.letter_names import OF_SUBMISSIONS, LetterName, meanings
from tasks.domain.letter_states import letters_among
from tasks.domain.letter_values import LONGEST_NOTE
from tasks.domain.letter_wishes import LetterReader, LetterWish, LetterWishes, promised_letters, wish_key
from tasks.domain.mail_expectations import About
from tasks.domain.mail_identity import MailKind
from tasks.domain.models import Person
from tasks.domain.submissions import Submission
from tasks.domain.untrusted import Untrusted
from tasks.domain.wishes import Wishes
from tasks.domain.wording import AS_USUAL, Wording
from tasks.gate import Letter
from tasks.staff import LettersShown, Staff, safer_sessions, wishes_of

MAY_GO = {EffectState.ready, EffectState.held}


@dataclass(frozen=True, slots=True)
class Correspondence:
    """What a run has to send of it, what it promises, and what the rows show."""

    letters: tuple[Letter, ...] = ()
    promised: tuple[Effect, ...] = ()
    shown: LettersShown = field(default_factory=LettersShown)
    looked_at: frozenset[str] = frozenset()


def hear_wishes(run: Run, staff: Staff, known: Known, readers: Wishes) -> Correspondence:
    """Promise what the column *Send letter* asks for; answers that, and what was promised and has not gone out.

    ``readers`` say how people want to be written to.
    """
    if known.rows is None:
        return Correspondence(tuple(_letters(run, staff, known.book, readers, _waiting(run))))
    memory = run.services.ledger.asked_for
    asked = memory.asked()
    wishes = _reader(run, staff).read(known.rows, known.book, known.held, asked)
    run.outcome.problems += wishes.problems
    run.outcome.held += [f"{ref}: the letter {letter.name} waits for staff" for ref, letter in wishes.held.items()]
    promised, wordings = _promise(run, known.book, wishes.ready, by_word=True)
    over = wishes.over(asked, known.rows.by_ref)
    if run.live and over:
        memory.unticked(over)
    acted = (asked | {wish.identity for wish in wishes.ready}) - over
    return Correspondence(
        tuple(_letters(run, staff, known.book, readers, {**promised, **_waiting(run)}, wordings)),
        tuple(promised.values()),
        LettersShown(_emptied(wishes, acted), wishes.held),
        frozenset({staff.letters}),
    )


def send_one(run: Run, staff: Staff, known: Known, ref: str, letter: LetterName, preface: str) -> Correspondence:
    """The letter that a person asks for by hand; what cannot be done is a failure, not a silence."""
    row = known.rows.by_ref.get(ref) if known.rows else None
    if row is None or (known.rows and ref in known.rows.doubled):
        run.outcome.failed.append(f"{ref[:12]}: there is no single row with this ref in the Submissions tab")
        return Correspondence()
    reader = _reader(run, staff)
    wording = wording_of(letter, row, known.book.rows[ref], reader.rules, preface)
    if faults := reader.problems(letter, ref, row, wording):
        run.outcome.failed += [
            f"{ref}: {run.services.settings.words.sentences((*one.what, *one.todo))}" for one in faults
        ]
        return Correspondence()
    promised, wordings = _promise(run, known.book, [LetterWish(ref, letter, wording)], by_word=False)
    sent = _letters(run, staff, known.book, wishes_of(run, staff), promised, wordings)
    return Correspondence(tuple(sent), tuple(promised.values()))


def _reader(run: Run, staff: Staff) -> LetterReader:
    settings = run.services.settings
    rules = make_letter_rules(settings.programme, settings.languages)
    return LetterReader(rules, meanings(settings.every_words, OF_SUBMISSIONS), staff.letters, settings.words)


def _promise(
    run: Run, book: Book, wishes: Iterable[LetterWish], *, by_word: bool
) -> tuple[dict[str, Effect], dict[str, Wording]]:
    """What the wishes promise, and how it is written, by key. Live it is kept before anything is done about it."""
    ledger = run.services.ledger
    effects = by_ref(letters_among(ledger.effects(EffectKind.mail)))
    promised: dict[str, Effect] = {}
    wordings: dict[str, Wording] = {}
    for wish, mails in promised_letters(wishes, book, effects, ledger.identify, run.now.date()):
        if not mails:
            run.outcome.skipped["had such a letter today already"] += 1
        if run.live:
            ledger.asked_for.ask(mails, wish.wording, run.now, wish=wish.identity if by_word else "")
        promised |= {mail.key: mail for mail in mails}
        wordings |= {mail.key: wish.wording for mail in mails}
    return promised, wordings


def _waiting(run: Run) -> dict[str, Effect]:
    """Letters that were promised and have not gone out."""
    effects = run.services.ledger.effects(EffectKind.mail, MAY_GO)
    return {key: effect for key, effect in letters_among(effects).items() if effect.may_go}


def _letters(
    run: Run,
    staff: Staff,
    book: Book,
    readers: Wishes,
    effects: Mapping[str, Effect],
    wordings: Mapping[str, Wording] = MappingProxyType({}),
) -> Iterator[Letter]:
    if not effects:
        return
    found, is_safer = {**run.services.ledger.asked_for.wordings(), **wordings}, safer_sessions(staff)
    for key, effect in effects.items():
        if effect.ref in book.home:
            submission = book.rows[book.home[effect.ref]]
            safer = any(map(is_safer, (submission.ref, *submission.others)))
            yield _letter(run, readers, submission, effect, found.get(key, AS_USUAL), safer=safer)


def _letter(
    run: Run, readers: Wishes, submission: Submission, effect: Effect, wording: Wording, *, safer: bool
) -> Letter:
    settings, current, kind = run.services.settings, submission.current, MailKind(effect.key.partition(":")[0])
    to = readers.asked(current.person)
    questions = settings.languages[run.services.letters.spoken(kind, current.language)].questions
    title = current.answers.get("title", "")
    talk = Talk(
        effect.ref,
        "" if safer else title,
        wording.contact,
        tuple(questions.get(one, one) for one in wording.questions),
        preface=wording.preface,
    )
    compose = partial(
        compose_conversation,
        run.services.letters,
        settings.programme.sender,
        kind=kind,
        key=effect.key,
        to=to,
        language=current.language,
        talk=talk,
        made_at=run.now,
    )
    return Letter(
        key=effect.key,
        ref=effect.ref,
        words=f"{effect.ref}: letter {kind.replace('_', ' ')} in {current.language}",
        to=to,
        compose=compose,
        about=replace(about_talk(talk, to), hidden=(title,) if safer else ()),
    )


def about_talk(talk: Talk, to: Person) -> About:
    """What a letter of a conversation must turn out to be."""
    preface = "" if to.wants_little else talk.preface
    typed = [Untrusted(text, LONGEST_NOTE).plain for text in (preface, talk.contact, *talk.questions) if text]
    return About(talk.ref, title=talk.title, minutes=talk.minutes, times=talk.times, typed=tuple(typed))


def _emptied(wishes: LetterWishes, acted: Collection[str]) -> frozenset[str]:
    return frozenset(ref for ref, letter in wishes.standing.items() if wish_key(letter, ref) in acted)
