"""The optional encoder: the same vectors each time, capitals or not; and the samples judged with it."""

import numpy as np
import pytest

from tasks.adapters.encoder import PACKAGE, Encoder, encoder
from tasks.adapters.encoder_image import loaded as from_file
from tasks.adapters.vectors import Vectors
from tasks.domain.duplicates.features import NO_COUNTERPART
from tasks.domain.duplicates.proposal import proposal_of
from tasks.domain.duplicates.text import texts_to_encode
from tests.domain.proposal_builders import verdict
from tests.domain.sheet_builders import LANGUAGES, SAMPLES, read_sample

EXPECTED = SAMPLES["expected"]
ROUNDED = 1e-3  # a vector is kept in 16-bit numbers
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
def reader(loaded):
    return Vectors(loaded)


@pytest.fixture(scope="module")
def nearness(reader):
    """How near two of the samples are in meaning."""
    read = dict(zip(PROPOSALS, reader.encode([texts_to_encode(one) for one in PROPOSALS.values()]), strict=True))
    return lambda one, other: reader.compare(read[one], read[other])


@pytest.mark.parametrize("outcome", ["same", "possible", "different"])
def test_pairs_are_what_a_person_would_say(nearness, outcome):
    said = {
        f"{one}-{other}": verdict(PROPOSALS[one], PROPOSALS[other], nearness(one, other)).outcome
        for one, other in EXPECTED[outcome]
    }

    assert said == dict.fromkeys(said, outcome)


def test_capitals_make_no_difference(loaded):
    small, capital = loaded.encode(["hombres que cuidan", "HOMBRES que Cuidan"])

    assert np.allclose(small, capital, atol=1e-6)


def test_the_same_text_has_the_same_vector_alone_and_among_others(loaded):
    text = "Faith leaders and gender justice"
    alone, among = loaded.encode([text])[0], loaded.encode(["Otra cosa", text, "Encore une"])[1]

    assert np.allclose(alone, among, atol=1e-6)
    assert np.linalg.norm(alone) == pytest.approx(1, abs=1e-5)


def test_a_translation_is_nearer_than_another_proposal(nearness):
    translated, another = nearness("en5", "es1"), nearness("en5", "es6")

    assert translated.whole > another.whole
    assert translated.weakest > another.weakest


WORK, TRABAJO = "We work with young fathers in rural areas.", "Trabajamos con padres jóvenes en zonas rurales."
FILM, CORTO = "We will show a short film.", "Mostraremos un corto."
TITLE, TITULO = "Talking about care", "Hablar de los cuidados"


def compared(reader, one, other):
    return reader.compare(*reader.encode([one, other]))


def test_the_order_of_sentences_makes_no_difference(reader):
    forth, back = (TITULO, TRABAJO, CORTO), (TITULO, CORTO, TRABAJO)

    assert compared(reader, (TITLE, WORK, FILM), forth) == compared(reader, (TITLE, WORK, FILM), back)


def test_who_comes_first_makes_no_difference(reader):
    one, other = reader.encode([(TITLE, WORK, FILM), (TITULO, CORTO)])

    forth, back = reader.compare(one, other), reader.compare(other, one)

    assert (forth.whole, forth.weakest) == pytest.approx((back.whole, back.weakest), abs=1e-6)


def test_one_sentence_about_other_people_is_noticed_among_those_that_agree(reader):
    others = "Trabajamos con juezas en las grandes ciudades."

    translated = compared(reader, (TITLE, WORK, FILM), (TITULO, TRABAJO, CORTO))
    near_miss = compared(reader, (TITLE, WORK, FILM), (TITULO, others, CORTO))

    assert near_miss.weakest < translated.weakest - 0.1


def test_a_sentence_more_leaves_the_weakest_of_the_shorter_text_as_it_is(reader):
    shorter, longer = (TITULO, TRABAJO), (TITULO, TRABAJO, CORTO)

    assert compared(reader, (TITLE, WORK), shorter).weakest == compared(reader, (TITLE, WORK), longer).weakest


@pytest.mark.parametrize("one", [(TITLE,), (TITLE, WORK), (TITLE, FILM, WORK)])
@pytest.mark.parametrize("other", [(TITULO,), (TITULO, CORTO), (TRABAJO, CORTO, TRABAJO)])
def test_nothing_is_nearer_than_its_titles_allow(reader, one, other):
    titles, whole = reader.encode([one[:1], other[:1]]), compared(reader, one, other)

    at_best = reader.at_best(*titles)
    assert at_best.whole >= whole.whole - ROUNDED
    assert max(at_best.weakest, NO_COUNTERPART) >= whole.weakest - ROUNDED


@pytest.mark.parametrize("other", [(TITULO,), (TITULO, CORTO)])
def test_a_title_alone_is_compared_by_itself(reader, other):
    found = compared(reader, (TITLE,), other)

    assert (found.weakest > 0) == (len(other) == 1)
    assert 0 < found.whole < 1


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
    assert np.allclose(first, loaded.encode(texts), atol=1e-6)
    assert np.allclose(first, second, atol=1e-6)


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


def test_what_holds_back_threads_of_this_process_is_left_out_of_the_file(tmp_path):
    pointers = pytest.importorskip("threadpoolctl", reason="comes with the extra 'bench'").ThreadpoolController()
    path = tmp_path / "image"

    from_file(path, lambda: {"words": 1, "limit": pointers.limit})

    assert from_file(path, dict) == {"words": 1, "limit": None}


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
