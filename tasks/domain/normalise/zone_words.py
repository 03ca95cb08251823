"""What people call time zones and their cities beside the names in CLDR, in the three languages of the forms."""

from tasks.domain.normalise.wordlists import pairs, words

CITIES = pairs(
    """
    Africa/Cairo = alexandria, alejandria, alexandrie, giza
    Africa/Casablanca = rabat, marrakech, marrakesh, fes, tanger, tangier
    Africa/Dakar = thies, saint louis du senegal
    Africa/Dar_es_Salaam = dodoma, arusha, mwanza, zanzibar
    Africa/Douala = yaounde
    Africa/Johannesburg = cape town, ciudad del cabo, le cap, pretoria, durban, gauteng
    Africa/Kinshasa = matadi, mbandaka
    Africa/Lagos = abuja, kano, ibadan, port harcourt
    Africa/Lubumbashi = goma, bukavu, kisangani, bunia
    Africa/Nairobi = mombasa, kisumu, nakuru
    America/Argentina/Buenos_Aires = caba, rosario argentina
    America/Bogota = medellin, cali, bogota dc, barranquilla, cartagena de indias
    America/Guayaquil = quito
    America/Lima = cusco, cuzco, arequipa
    America/Los_Angeles = san francisco, seattle
    America/Mexico_City = cdmx, df mexico, mexico df, puebla
    America/New_York = nyc, new york city, washington dc, boston, miami, atlanta
    America/Santiago = santiago de chile, valparaiso
    America/Sao_Paulo = brasilia, rio de janeiro, rio
    America/Toronto = ottawa, montreal, quebec, ville de quebec, gatineau
    America/Vancouver = british columbia
    Asia/Beirut = tripoli lebanon
    Asia/Gaza = gaza
    Asia/Hebron = ramallah, west bank, cisjordania, cisjordanie
    Asia/Jerusalem = tel aviv
    Asia/Karachi = islamabad, lahore
    Asia/Kolkata = delhi, new delhi, nueva delhi, mumbai, bombay, bangalore, bengaluru, chennai, calcutta
    Asia/Shanghai = beijing, pekin
    Europe/Istanbul = ankara, trt
    Europe/London = edinburgh, manchester, uk time
    Europe/Madrid = barcelona, peninsular, valencia espana, sevilla
    Europe/Paris = lyon, marseille, toulouse
    Europe/Zurich = geneva, geneve, ginebra, lausanne, berne, bern
    """
)
ABBREVIATIONS = pairs(
    """
    Africa_Central = cat
    Africa_Eastern = eat
    Africa_Southern = sast
    Africa_Western = wat
    America_Central = hnc, hac
    America_Eastern = hne, hae, edt
    America_Mountain = hnr, har, mdt
    America_Pacific = hnp, hap, pdt
    Argentina = art
    Atlantic = hna, haa
    Australia_Eastern = aest, aedt
    Bolivia = bot
    Brasilia = brt
    Chile = clt, clst
    Colombia = cot
    Europe_Central = cet, cest, mez, mesz
    Europe_Eastern = eet, eest
    Europe_Western = wet
    GMT = gmt
    Hong_Kong = hkt
    Indochina = ict
    Japan = jst
    Moscow = msk
    Nepal = npt
    New_Zealand = nzst, nzdt
    Newfoundland = hnt
    Pakistan = pkt
    Paraguay = pyt, pyst
    Peru = pet
    Philippines = pht
    Singapore = sgt
    Uruguay = uyt
    Venezuela = vet
    """
)
"""Short forms that mean one clock, by CLDR's name for it."""
REGIONS = pairs(
    """
    America_Central = central time, hora central, hora del centro, heure du centre
    America_Eastern = eastern time, eastern, hora del este, hora este
    America_Mountain = mountain time, hora de la montana, heure des rocheuses
    America_Pacific = pacific time, hora del pacifico, heure du pacifique
    """
)
AT_HOME = {
    ("America_Central", "CA"): "America/Winnipeg",
    ("America_Central", "MX"): "America/Mexico_City",
    ("America_Central", "US"): "America/Chicago",
    ("America_Eastern", "CA"): "America/Toronto",
    ("America_Eastern", "US"): "America/New_York",
    ("America_Mountain", "CA"): "America/Edmonton",
    ("America_Mountain", "US"): "America/Denver",
    ("America_Pacific", "CA"): "America/Vancouver",
    ("America_Pacific", "US"): "America/Los_Angeles",
}
"""Which zone of a region a country means, as CLDR's metaZones have it."""
SEVERAL = {
    "ast": ("America/Halifax", "America/Santo_Domingo", "Asia/Riyadh"),
    "bst": ("Europe/London", "Asia/Dhaka"),
    "cdt": ("America/Chicago", "America/Havana"),
    "cst": ("America/Mexico_City", "America/Chicago", "America/Costa_Rica", "America/Havana", "Asia/Shanghai"),
    "ect": ("America/Guayaquil", "America/Santo_Domingo"),
    "est": ("America/New_York", "America/Toronto", "America/Panama", "Australia/Brisbane"),
    "gst": ("Asia/Dubai", "Atlantic/South_Georgia"),
    "ist": ("Asia/Kolkata", "Asia/Jerusalem", "Europe/Dublin"),
    "mst": ("America/Denver", "America/Phoenix", "Asia/Kuala_Lumpur"),
    "pst": ("America/Los_Angeles", "America/Tijuana", "Asia/Manila"),
    "sst": ("Asia/Singapore", "Pacific/Pago_Pago"),
    "wst": ("Australia/Perth", "Pacific/Apia"),
}
"""Short forms that mean clocks far apart: asked, whatever the country."""
FIRST = (
    "Africa/Nairobi",
    "Africa/Lagos",
    "Africa/Johannesburg",
    "Africa/Maputo",
    "America/Bogota",
    "America/Argentina/Buenos_Aires",
    "America/Sao_Paulo",
    "America/Mexico_City",
    "America/New_York",
    "America/Toronto",
    "America/Santiago",
    "Europe/Paris",
    "Europe/Madrid",
    "Europe/London",
    "Europe/Istanbul",
    "Asia/Riyadh",
    "Asia/Beirut",
    "Asia/Kolkata",
)
"""By which name one of several zones with the same clock is called, and which candidates are named first."""
UNHEARD = words(
    """time zone timezone hora heure hour zona horaria fuseau horaire huso horario local locale standard normale
    estandar summer daylight verano ete de del des du d l la le the of in en a au"""
)
