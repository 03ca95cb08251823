"""Time zones as people name them."""

import pytest

from tasks.domain.zones import find_zone, nearest_zone


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("Africa/Nairobi", "Africa/Nairobi"),
        ("america/mexico city", "America/Mexico_City"),
        ("America / Lima", "America/Lima"),
        ("Nairobi", "Africa/Nairobi"),
        (" mexico CITY ", "America/Mexico_City"),
        ("Kinshasa", "Africa/Kinshasa"),
        ("Buenos Aires", "America/Argentina/Buenos_Aires"),
        ("Ciudad de México", "America/Mexico_City"),
        ("Le Caire", "Africa/Cairo"),
        ("Montréal", "America/Toronto"),
        ("utc", "UTC"),
        ("GMT", "GMT"),
    ],
)
def test_a_zone_is_found_by_its_name_or_city(text, zone):
    assert find_zone(text) == zone


@pytest.mark.parametrize(
    "text", ["", "EAT", "HNE", "IST", "CST", "EST", "GMT+3", "UTC-5", "Etc/GMT+3", "CDMX", "heure de Dakar", "Narnia"]
)
def test_what_could_mean_more_than_one_zone_is_asked(text):
    assert find_zone(text) is None


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("heure de Dakar", "Africa/Dakar"),
        ("Nairobi (Kenya)", "Africa/Nairobi"),
        ("Nairobbi", "Africa/Nairobi"),
        ("Africa/Nairoby", "Africa/Nairobi"),
        ("Lima or Bogota", ""),
        ("EAT", ""),
        ("", ""),
        ("x" * 500, ""),
    ],
)
def test_a_zone_is_suggested_only_where_one_is_near(text, zone):
    assert nearest_zone(text) == zone
