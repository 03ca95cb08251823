"""Words that turn a meaning round, or that say nothing about whose a text is."""

from tasks.domain.duplicates.wording import word_set

NEGATIONS = word_set(
    "no not non never nor neither none nobody nothing without against except unless cannot cant dont doesnt isnt wont "
    "don doesn isn won aren wasn didn nunca jamas ni sin contra excepto salvo nadie nada ningun ninguna ninguno "
    "tampoco ne n pas jamais sans contre sauf aucun aucune rien personne anti instead cancelled canceled cancelado "
    "cancelada annule annulee withdrawn retirado retirada retire retiree former ex only solo solamente seulement t "
    "hardly rarely seldom barely few little less apenas raramente poco pocos pocas menos rarement peu moins guere"
)
PREFIXES = word_set(
    "anti ante auto bi contra counter contre co de des dis ex extra hetero hiper hipo homo hyper hypo il im in infra "
    "inter intra ir macro mal micro mis mono multi neo non omni over para per poli poly post pre pro re semi sobre sub "
    "super sur trans tri ultra un under uni"
)
"""Beginnings that give a word another meaning."""
LITTLE = word_set("and y et of de del des du la le les los las el the for para por pour in en e i a l d")
GENERIC = LITTLE | word_set(
    "network red reseau organisation organization organizacion asociacion association alliance alianza foundation "
    "fundacion fondation center centre centro collective colectivo collectif group grupo groupe ong ngo asbl "
    "institute instituto institut movement movimiento mouvement union international internacional national nacional "
    "gender genero genre equality igualdad egalite equity equidad equite men hombres hommes women mujeres femmes "
    "masculinities masculinidades masculinites masculinity masculinidad masculinite youth jovenes jeunes rights "
    "derechos droits justice justicia"
)
"""Words in the names of many organisations."""
