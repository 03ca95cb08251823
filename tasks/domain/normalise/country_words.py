"""What countries are called beside the names in CLDR and ISO 3166, in the three languages of the forms."""

from tasks.domain.normalise.wordlists import pairs, words

ALIASES = pairs(
    """
    AE = uae, eau, emirates, emiratos arabes, emirats arabes, emirats
    BA = bosnia, bosnie, bosnia herzegovina
    BF = burkina
    BN = brunei
    BO = estado plurinacional de bolivia
    BR = brazil brasil
    CA = quebec, ontario, british columbia, colombie britannique, alberta, manitoba, nova scotia, nouvelle ecosse
    CD = drc, rdc, rd congo, dr congo, congo dr, congo rd, congo kinshasa, zaire, rep dem du congo, dem rep congo
    CD = congo drc, congo rdc, kinshasa congo, democratic congo, congo democratique, congo democratico
    CF = car, rca, centrafrique, centroafrica
    CG = congo brazzaville, congo brazza, brazzaville congo, congo rep, rep congo, rep du congo
    CI = ivory coast, costa de marfil, cote ivoire, rci
    CV = cape verde, cap vert
    CZ = czech republic, chequia, tchequie
    DO = dominicana, rep dominicana, rep dominicaine, dominican rep, santo domingo, rd dominicana
    EH = western sahara, sahara occidental, rasd, sadr
    FM = micronesia, micronesie
    GB = uk, great britain, gran bretana, grande bretagne, england, inglaterra, angleterre, scotland, escocia, ecosse
    GB = wales, gales, pays de galles, northern ireland, irlanda del norte, irlande du nord, britain
    GF = guyane
    GN = guinea conakry, guinee conakry, guinee conacry
    GQ = equatorial guinea
    GW = guinea bissau, guinee bissau, guinea bisau
    HK = hong kong
    IE = republic of ireland, eire
    KN = saint kitts
    KR = south korea, corea sur, coree sud
    KP = north korea, corea norte, coree nord
    LA = laos
    MK = macedonia, macedoine
    MM = burma, birmania, birmanie
    MO = macao
    MX = mejico, mexique, cdmx
    NL = holland, holanda, hollande, paises bajos
    PS = palestine, palestina, west bank, gaza, cisjordania, cisjordanie, occupied palestinian territory
    RU = russia
    ST = sao tome, santo tome, sao tome e principe
    SV = salvador
    SZ = swaziland, suazilandia
    SY = syria
    TL = east timor, timor oriental
    TR = turkey, turquie, turquia
    TT = trinidad
    TW = taiwan
    TZ = tanzania, zanzibar
    ZA = rsa
    US = us, usa, united states, united states of america, america usa, estados unidos, estados unidos de america
    US = eeuu, ee uu, eua, etats unis, etats unis d amerique, puerto rico usa
    VA = vatican, vaticano
    VC = saint vincent
    VN = vietnam
    XK = kosovo
    """
)
SEVERAL = {
    "congo": ("CD", "CG"),
    "korea": ("KP", "KR"),
    "corea": ("KP", "KR"),
    "coree": ("KP", "KR"),
    "virgin isl": ("VG", "VI"),
}
NO_CODES = words(
    """RU AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR
    PA RI SC SD TN TX UT VT VA WA WV WI WY DC"""
)
"""Two capitals that people also use for a state (CA, CO, GA …) or another country (RU: Reino Unido) are no answer."""
SPELLINGS = {
    **dict.fromkeys(("republic", "republica", "republique", "repub"), "rep"),
    **dict.fromkeys(("democratic", "democratica", "democratique"), "dem"),
    **dict.fromkeys(("island", "islands", "isla", "islas", "ile", "iles", "is"), "isl"),
    **dict.fromkeys(("saint", "sainte", "santa", "san", "ste"), "st"),
}
UNHEARD = words("the of and y e et de la el los las le les du des del d l a o")
DENIED = words("not no except outside but pas sauf hors excepto menos salvo fuera ni non jamais")
NEW = words("new nueva nuevo nouveau nouvelle nova")
