"""Countries as people write them, in three languages; two countries are none, and nothing is guessed."""

import pytest

from tasks.domain.normalise.countries import country_name, find_country
from tasks.domain.normalise.found import NOTHING, Found


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "prefer not to say",
        "prefiero no decirlo",
        "worldwide",
        "Africa",
        "América Latina",
        "Narnia",
        "N/A",
        "New Mexico",
        "Nouvelle Angleterre",
        "not Kenya",
        "anywhere except Kenya",
        "Slovania",
        "Columbia",
        "Nigérien",
        "CA",
        "CO",
        "RU",
        "x" * 5000,
        "Kenya " + "x" * 5000,
    ],
)
def test_what_names_no_country_is_none(text):
    assert find_country(text) == NOTHING


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Congo", ("CD", "CG")),
        ("Corea", ("KP", "KR")),
        ("Virgin Islands", ("VG", "VI")),
        ("Kenya and Uganda", ("KE", "UG")),
        ("Kenya / Uganda / Tanzania", ("KE", "TZ", "UG")),
        ("España y México", ("ES", "MX")),
        ("Granada, España", ("ES", "GD")),
    ],
)
def test_what_may_be_two_countries_is_both(text, codes):
    assert find_country(text) == Found(may_be=codes)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Níger", "NE"),
        ("Niger", "NE"),
        ("Nigeria", "NG"),
        ("Nigerria", "NG"),
        ("Guinea Ecuatorial", "GQ"),
        ("Guinée équatoriale", "GQ"),
        ("Guinea", "GN"),
        ("Guinée-Bissau", "GW"),
        ("Guinea Conakry", "GN"),
        ("Papua New Guinea", "PG"),
        ("Papúa Nueva Guinea", "PG"),
        ("Dominica", "DM"),
        ("Rep. Dominicana", "DO"),
        ("República Dominicana", "DO"),
        ("Dominicana", "DO"),
        ("RD Congo", "CD"),
        ("R.D. Congo", "CD"),
        ("RDC", "CD"),
        ("DRC", "CD"),
        ("Congo (RDC)", "CD"),
        ("Congo, Democratic Republic of the", "CD"),
        ("République démocratique du Congo", "CD"),
        ("Congo-Brazzaville", "CG"),
        ("République du Congo", "CG"),
        ("Costa de Marfil", "CI"),
        ("Côte d\u2019Ivoire", "CI"),
        ("Côte d'Ivoire / Ivory Coast", "CI"),
        ("Costa Rica", "CR"),
        ("Sudan", "SD"),
        ("South Sudan", "SS"),
        ("Sudán del Sur", "SS"),
        ("South Africa", "ZA"),
        ("Afrique du Sud", "ZA"),
        ("Corea del Sur", "KR"),
        ("Iran", "IR"),
        ("Irak", "IQ"),
        ("Mauricio", "MU"),
        ("Mauritanie", "MR"),
    ],
)
def test_names_that_are_easily_mixed_up_are_not(text, code):
    assert find_country(text) == Found(code)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("kenya", "KE"),
        (" KENYA. ", "KE"),
        ("KEN", "KE"),
        ("Nairobi, Kenya", "KE"),
        ("I work in Kenya", "KE"),
        ("Lebanon \U0001f1f1\U0001f1e7", "LB"),
        ("Líbano", "LB"),
        ("Canada (Québec)", "CA"),
        ("Québec", "CA"),
        ("UK", "GB"),
        ("U.K.", "GB"),
        ("Scotland", "GB"),
        ("Northern Ireland", "GB"),
        ("Ireland", "IE"),
        ("Reino Unido", "GB"),
        ("USA", "US"),
        ("U.S.A.", "US"),
        ("EE.UU.", "US"),
        ("EE. UU.", "US"),
        ("Estados Unidos de América", "US"),
        ("New Jersey, USA", "US"),
        ("Etats Unis", "US"),
        ("Perú", "PE"),
        ("Mejico", "MX"),
        ("Brasil", "BR"),
        ("Zimbawe", "ZW"),
        ("Phillipines", "PH"),
        ("St. Lucia", "LC"),
        ("Trinidad & Tobago", "TT"),
        ("The Gambia", "GM"),
        ("los Países Bajos", "NL"),
        ("Holanda", "NL"),
        ("Türkiye", "TR"),
        ("Swaziland", "SZ"),
        ("Viet Nam", "VN"),
        ("Cape Verde", "CV"),
        ("Palestine", "PS"),
        ("Kosovo", "XK"),
        ("Venezuela (Bolivarian Republic of)", "VE"),
        ("Antigua, Guatemala", "GT"),
    ],
)
def test_a_country_is_found_in_what_people_write(text, code):
    assert find_country(text) == Found(code)


@pytest.mark.parametrize(
    ("code", "language", "name"), [("CI", "en", "Côte d\u2019Ivoire"), ("DE", "fr", "Allemagne"), ("??", "es", "??")]
)
def test_a_country_is_named_in_the_language_of_the_staff(code, language, name):
    assert country_name(code, language) == name
