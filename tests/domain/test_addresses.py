"""What can be written to, and what cannot."""

import pytest
from email_validator import EmailNotValidError, validate_email
from hypothesis import given
from hypothesis import strategies as st

from tasks.domain.addresses import PLAIN, is_listed, matching_key, person, sendable
from tasks.domain.models import Person
from tasks.domain.programme import AllowList
from tests.examples import examples


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("rima.k@abaad-sample.example.org", "rima.k@abaad-sample.example.org"),
        ("Grace.Otieno@KMEN.example.org ", "Grace.Otieno@kmen.example.org"),
        ("a.mensah@gmail.example", "a.mensah@gmail.example"),
        ("contact@masculinites-mtl.example.ca", "contact@masculinites-mtl.example.ca"),
        ("jp.kouassi@cote-egalite.example.ci", "jp.kouassi@cote-egalite.example.ci"),
        ("\u200bana@example.org\ufeff", "ana@example.org"),
        ("\xa0ana@example.org\n", "ana@example.org"),
        ("mailto:ana@example.org", "ana@example.org"),
        ("MAILTO:ana@example.org?subject=x", "ana@example.org"),
        ("Ana Pérez <ana@example.org>", "ana@example.org"),
        ("<ana@example.org>", "ana@example.org"),
        ("ana@example.org <ana@example.org>", "ana@example.org"),
        ("ana@example.org,", "ana@example.org"),
        ("ana\uff20example.org", "ana@example.org"),
        ("ana@example.org / Ana@example.org", "ana@example.org"),
        ("ana@example.org\nana@example.org", "ana@example.org"),
    ],
)
def test_an_address_is_found_in_what_people_type(typed, address):
    assert person("Ana", typed) == Person("Ana", address, address.lower())


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "not an address",
        "a@localhost",
        "a@printer.local",
        "a@b",
        "a@example",
        "a@foo.invalid",
        "a@[127.0.0.1]",
        "ana@example.org, eva@example.org",
        "ana@example.org eva@example.org",
        "ana@example.org ana",
        "ana ana",
        "ana@ ana@",
        "ana@example.org\nBcc: everyone@example.org",
        "Ana eva@example.org <ana@example.org>",
        "ana(at)example.org",
        "ana@@example.org",
        "josé@example.org",
        "@example.org",
        "x" * 400 + "@example.org",
        "x" * 10_000 + "@example.org",
        "ana\ud800@example.org",
        "ana@\ud800.example.org",
        "ana\x00@example.org",
    ],
)
def test_what_is_not_exactly_one_address_is_none(typed):
    assert person("Ana", typed) is None


def test_case_makes_no_second_person():
    assert person("", "ANA@Example.ORG").address_key == person("", "ana@example.org").address_key


def test_an_international_domain_is_shown_as_typed_and_compared_in_punycode():
    somebody = person("Ana", "Ana@Côte.example.org")

    assert somebody == Person("Ana", "Ana@côte.example.org", "ana@xn--cte-kna.example.org")
    assert sendable(somebody) == "Ana@xn--cte-kna.example.org"


def test_a_name_is_one_line():
    assert person("Mallory\r\nBcc: everyone", "m@example.com").name == "Mallory Bcc: everyone"


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("ana@example.org", "ana@example.org"),
        ("ana+colab@example.org", "ana@example.org"),
        ("+colab@example.org", "+colab@example.org"),
        ("a.n.a@example.org", "a.n.a@example.org"),
        ("a.n.a+x@gmail.com", "ana@gmail.com"),
        ("ana@googlemail.com", "ana@gmail.com"),
    ],
)
def test_a_mailbox_is_looked_for_without_tags_and_meaningless_dots(address, key):
    assert matching_key(address) == key


def test_a_tag_makes_another_person_to_write_to():
    assert person("", "ana+colab@example.org").address_key != person("", "ana@example.org").address_key


@pytest.mark.parametrize(
    ("addresses", "domains", "expected"),
    [
        ((), (), False),
        (("other@example.org",), ("example.net",), False),
        ((), ("xample.org",), False),
        (("Ana@Example.org",), (), True),
        ((), ("example.org",), True),
        ((), ("@EXAMPLE.org",), True),
    ],
)
def test_only_whom_the_list_names_is_on_it(addresses, domains, expected):
    assert is_listed(person("Ana", "ana@example.org"), AllowList(addresses=addresses, domains=domains)) is expected


WITHOUT_LENGTHS = PLAIN.pattern[PLAIN.pattern.index("(?P<local>") :]  # looking ahead, Hypothesis draws most in vain
PLAIN_ONES = st.one_of(
    st.from_regex(WITHOUT_LENGTHS, fullmatch=True).filter(PLAIN.fullmatch),
    st.builds(
        "{}@{}".format, st.sampled_from(["info", "a.b+c", "x" * 65, "-"]), st.sampled_from(["x.org", "a..co", "b"])
    ),
)


@examples(100)
@given(typed=PLAIN_ONES)
def test_a_plain_address_is_read_as_the_library_reads_it(typed):
    try:
        expected = validate_email(typed, check_deliverability=False).normalized
    except EmailNotValidError:
        expected = None

    found = person("", typed)

    assert (found and found.address) == expected
