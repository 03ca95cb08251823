"""Time zones as members name them: one clock is a zone, two are asked."""

import pytest

from tasks.domain.normalise.found import NOTHING, Found
from tasks.domain.normalise.time_zones import find_time_zone


@pytest.mark.parametrize(
    "text",
    [
        "",
        "3 de la tarde",
        "17 h à 19 h",
        "anywhere",
        "I can eat at any time",
        "@SUM(1)",
        "Narnia",
        "GMT+25",
        "Etc/GMT+3",
        "WhatsApp",
        "Nairobi " + "x" * 5000,
    ],
)
def test_what_names_no_zone_is_none(text):
    assert find_time_zone(text, "KE") == NOTHING


@pytest.mark.parametrize(
    ("text", "country", "first"),
    [
        ("IST", "IN", "Asia/Kolkata"),
        ("IST", "IE", "Europe/Dublin"),
        ("IST", "", "Asia/Kolkata"),
        ("CST", "MX", "America/Mexico_City"),
        ("EST", "US", "America/New_York"),
        ("BST", "BD", "Asia/Dhaka"),
        ("GMT+3", "KE", "Africa/Nairobi"),
        ("GMT+3", "TR", "Europe/Istanbul"),
        ("GMT+3", "", "Africa/Nairobi"),
        ("UTC-5", "PE", "America/Lima"),
        ("UTC\u22125", "CO", "America/Bogota"),
        ("+5:30", "IN", "Asia/Kolkata"),
        ("HNE", "", "America/New_York"),
        ("CET", "", "Europe/Paris"),
        ("Lima or Bogota", "PE", "America/Lima"),
        ("Bogotá GMT-3", "CO", "America/Bogota"),
        ("EAT (GMT+2)", "KE", "Africa/Nairobi"),
        ("Spain", "", "Europe/Madrid"),
        ("RDC", "CD", "Africa/Kinshasa"),
        ("heure de l'Est", "CD", "America/New_York"),
        ("UTC+0", "GH", "Africa/Accra"),
    ],
)
def test_what_may_be_several_zones_is_asked_with_those_of_the_country_first(text, country, first):
    zone = find_time_zone(text, country)

    assert (zone.value, zone.may_be[0]) == ("", first)
    assert len(zone.may_be) > 1


@pytest.mark.parametrize(
    ("text", "country", "zone"),
    [
        ("EAT", "KE", "Africa/Nairobi"),
        ("EAT", "UG", "Africa/Kampala"),
        ("EAT", "", "Africa/Nairobi"),
        ("5pm EAT", "LB", "Africa/Nairobi"),
        ("East Africa Time", "", "Africa/Nairobi"),
        ("WAT", "NG", "Africa/Lagos"),
        ("heure d\u2019Afrique de l\u2019Ouest", "", "Africa/Lagos"),
        ("HNE", "CA", "America/Toronto"),
        ("Eastern Time", "US", "America/New_York"),
        ("hora central", "MX", "America/Mexico_City"),
        ("CET", "ES", "Europe/Madrid"),
        ("CET", "DZ", "Africa/Algiers"),
        ("COT", "", "America/Bogota"),
        ("12:00 GMT", "GH", "Africa/Accra"),
    ],
)
def test_a_short_form_of_one_clock_is_a_zone(text, country, zone):
    assert find_time_zone(text, country) == Found(zone)


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("Nairobi", "Africa/Nairobi"),
        ("Africa/Nairobi", "Africa/Nairobi"),
        ("Africa/Nairobi (UTC+03:00)", "Africa/Nairobi"),
        ("Nairobi (GMT+3)", "Africa/Nairobi"),
        ("GMT+3, Kenya", "Africa/Nairobi"),
        ("Kenya time", "Africa/Nairobi"),
        ("hora de Bogotá", "America/Bogota"),
        ("hora de Colombia", "America/Bogota"),
        ("heure de Dakar", "Africa/Dakar"),
        ("17h heure de Paris", "Europe/Paris"),
        ("hora argentina", "America/Argentina/Buenos_Aires"),
        ("hora peninsular", "Europe/Madrid"),
        ("CDMX", "America/Mexico_City"),
        ("México, CDMX", "America/Mexico_City"),
        ("IST (Mumbai)", "Asia/Kolkata"),
        ("EAT (GMT+3)", "Africa/Nairobi"),
        ("Goma, RDC", "Africa/Lubumbashi"),
        ("Pretoria", "Africa/Johannesburg"),
        ("San Francisco", "America/Los_Angeles"),
        ("Genève", "Europe/Zurich"),
        ("Port-au-Prince", "America/Port-au-Prince"),
    ],
)
def test_a_place_is_the_zone_it_lies_in(text, zone):
    assert find_time_zone(text, "") == Found(zone)
