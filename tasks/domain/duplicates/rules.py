"""The reviewed numbers of ``duplicates.json`` as a value: what each feature weighs, and where the bands begin."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from tasks.domain.duplicates.feature_names import AGREEMENTS, CONFLICTS, FEATURES
from tasks.domain.duplicates.typos import Lexicon

Probability = Annotated[float, Field(gt=0, lt=1)]


class Part(BaseModel):
    """An unknown key is an error, so that a typing error is not silent."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Scorecard(Part):
    """``start`` is the bits before anything is known; ``bits`` what a feature of 1 adds or subtracts."""

    comment: str
    start: float
    bits: Mapping[str, float]

    @model_validator(mode="after")
    def _agreements_add_and_conflicts_subtract(self) -> Self:
        if set(self.bits) != set(FEATURES):
            message = f"bits must name each of: {', '.join(FEATURES)}"
            raise ValueError(message)
        wrong = [name for name in AGREEMENTS if self.bits[name] < 0] + [n for n in CONFLICTS if self.bits[n] > 0]
        if wrong:
            message = f"an agreement can only add and a conflict only subtract: {', '.join(wrong)}"
            raise ValueError(message)
        return self

    def total(self, features: Mapping[str, float]) -> float:
        """The bits of a pair."""
        return self.start + sum(self.bits[name] * value for name, value in features.items())


class Bands(Part):
    """Probabilities from which a pair is shown as likely, and as worth a look."""

    likely: Probability
    look: Probability

    @model_validator(mode="after")
    def _likely_is_more(self) -> Self:
        if self.look > self.likely:
            message = "look must not be above likely"
            raise ValueError(message)
        return self


class Weights(Part):
    """``duplicates.json``, checked: a scorecard for pairs in one language, and two for pairs in two languages."""

    version: str
    comment: str
    encoder: str
    bands: Bands
    in_one_language: Scorecard
    with_encoder: Scorecard
    without_encoder: Scorecard

    def scorecard(self, languages: Collection[str], *, read: bool) -> Scorecard:
        """By what a pair in these languages is judged; ``read`` where the encoder has read its texts."""
        if len(set(languages)) == 1:
            return self.in_one_language
        return self.with_encoder if read else self.without_encoder


@dataclass(frozen=True, slots=True)
class Rules:
    """What ``judge`` goes by: the weights, and which words are real ones."""

    weights: Weights
    known: Lexicon
