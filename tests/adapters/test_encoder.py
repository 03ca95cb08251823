"""The optional encoder: the same vectors each time, capitals or not; and the samples judged with it."""

import numpy as np
import pytest

from tasks.adapters.encoder import PACKAGE, Encoder, encoder
from tasks.adapters.encoder_image import loaded as from_file
from tasks.domain.duplicates.proposal import proposal_of
from tasks.domain.duplicates.text import text_to_encode
from tests.domain.proposal_builders import verdict
from tests.domain.sheet_builders import LANGUAGES, SAMPLES, read_sample

EXPECTED = SAMPLES["expected"]
PROPOSALS = {
    f"{language}{response.row - 1}": proposal_of(f"{language}{response.row - 1}", response)
    for language in LANGUAGES
    for response in read_sample(language).responses
}


@pytest.fixture(scope="module")
def loaded():
    found = encoder()
    if found is None:
        pytest.skip(f"NOT TESTED: the extra 'encoder' ({PACKAGE}) is not installed")
    return found


@pytest.fixture(scope="module")
def vectors(loaded):
    rows = loaded.encode([text_to_encode(one) for one in PROPOSALS.values()])
    return dict(zip(PROPOSALS, rows, strict=True))


@pytest.mark.parametrize("outcome", ["same", "possible", "different"])
def test_pairs_are_what_a_person_would_say(vectors, outcome):
    said = {
        f"{one}-{other}": verdict(PROPOSALS[one], PROPOSALS[other], float(vectors[one] @ vectors[other])).outcome
        for one, other in EXPECTED[outcome]
    }

    assert said == dict.fromkeys(said, outcome)


def test_capitals_make_no_difference(loaded):
    small, capital = loaded.encode(["hombres que cuidan", "HOMBRES que Cuidan"])

    assert np.array_equal(small, capital)


def test_the_same_text_has_the_same_vector_alone_and_among_others(loaded):
    text = "Faith leaders and gender justice"
    alone, among = loaded.encode([text])[0], loaded.encode(["Otra cosa", text, "Encore une"])[1]

    assert np.allclose(alone, among, atol=1e-6)
    assert np.linalg.norm(alone) == pytest.approx(1, abs=1e-5)


def test_a_translation_is_nearer_than_another_proposal(vectors):
    translated, another = vectors["en5"] @ vectors["es1"], vectors["en5"] @ vectors["es6"]

    assert translated > another


def test_without_the_package_there_is_no_encoder():
    assert encoder("a_package_that_nobody_made") is None


def test_nothing_is_loaded_before_the_first_text():
    assert "_model" not in vars(Encoder())


# ------------------------------------------------------------------------------------------------ kept as a file
def test_what_the_next_process_maps_makes_the_same_vectors(loaded, tmp_path):
    texts = ["Faith leaders and gender justice", "hombres que cuidan"]

    first, second = Encoder(tmp_path).encode(texts), Encoder(tmp_path).encode(texts)

    (kept,) = tmp_path.iterdir()
    assert kept.stat().st_mode & 0o077 == 0
    assert np.array_equal(first, loaded.encode(texts))
    assert np.array_equal(first, second)


class Made:
    """What is loaded, and how often it had to be."""

    times = 0

    def __call__(self):
        self.times += 1
        return {"odd": np.arange(3, dtype="u1"), "array": np.arange(5, dtype="f4"), "words": {"a": 1}}


def test_it_is_loaded_once_and_its_arrays_are_as_they_were(tmp_path):
    load, path = Made(), tmp_path / "new folder" / "image"

    _, mapped = from_file(path, load), from_file(path, load)

    assert load.times == 1
    assert (mapped["odd"].tolist(), mapped["array"].tolist(), mapped["words"]) == ([0, 1, 2], [0, 1, 2, 3, 4], {"a": 1})
    assert mapped["array"].flags.aligned


def test_where_nothing_can_be_kept_it_is_loaded_each_time(tmp_path):
    load, path = Made(), tmp_path / "a file" / "image"
    path.parent.touch()

    assert [from_file(path, load)["words"] for _ in range(2)] == [{"a": 1}] * 2
    assert load.times == 2


def test_an_empty_file_is_replaced(tmp_path):
    path = tmp_path / "image"
    path.touch()

    assert from_file(path, Made())["words"] == {"a": 1}
    assert path.stat().st_size
