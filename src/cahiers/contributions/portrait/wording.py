"""Who is missing, said in French: « aucune contribution de chercheurs en Mayenne »."""

from typing import Final

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cahiers.methods import Category
from cahiers.territories.models import Level, Territory

#: What stands before the name of a French région or département; its article is no rule and is written here.
_BEFORE: Final = {
    "en ": "Ardèche|Ariège|Charente|Charente-Maritime|Corrèze|Corse|Corse-du-Sud|Haute-Corse|Côte-d’Or|Dordogne"
    "|Eure-et-Loir|Gironde|Haute-Garonne|Ille-et-Vilaine|Indre-et-Loire|Isère|Haute-Loire|Loire-Atlantique"
    "|Lozère|Haute-Marne|Mayenne|Meurthe-et-Moselle|Moselle|Haute-Saône|Saône-et-Loire|Savoie|Haute-Savoie"
    "|Seine-Maritime|Seine-et-Marne|Seine-Saint-Denis|Tarn-et-Garonne|Lot-et-Garonne|Loir-et-Cher|Vendée"
    "|Haute-Vienne|Guadeloupe|Martinique|Guyane|Auvergne-Rhône-Alpes|Bourgogne-Franche-Comté|Bretagne"
    "|Centre-Val de Loire|Île-de-France|Normandie|Nouvelle-Aquitaine|Occitanie|Provence-Alpes-Côte d’Azur",
    "dans l’": "Ain|Aisne|Allier|Aube|Aude|Aveyron|Eure|Hérault|Indre|Oise|Orne|Yonne|Essonne",
    "dans le ": "Bas-Rhin|Haut-Rhin|Calvados|Cantal|Cher|Doubs|Finistère|Gard|Gers|Jura|Loiret|Lot|Maine-et-Loire"
    "|Morbihan|Nord|Pas-de-Calais|Puy-de-Dôme|Rhône|Tarn|Territoire de Belfort|Val-de-Marne|Val-d’Oise|Var"
    "|Vaucluse|Grand Est",
    "dans la ": "Creuse|Drôme|Loire|Manche|Marne|Meuse|Nièvre|Sarthe|Somme|Vienne",
    "dans les ": "Alpes-de-Haute-Provence|Alpes-Maritimes|Hautes-Alpes|Ardennes|Bouches-du-Rhône|Côtes-d’Armor"
    "|Deux-Sèvres|Hauts-de-Seine|Hautes-Pyrénées|Pyrénées-Atlantiques|Pyrénées-Orientales|Landes|Vosges|Yvelines"
    "|Hauts-de-France|Pays de la Loire",
    "à ": "La Réunion|Mayotte|Paris|Saint-Barthélemy|Saint-Martin",
}
_PLACED: Final = {name: before for before, names in _BEFORE.items() for name in names.split("|")}
_VOWELS: Final = frozenset("aeiouyàâéèêëîïôùûhœAEIOUYÀÂÉÈÊËÎÏÔÙÛHŒ")


def nobody_in(place: Territory) -> str:
    """That nobody spoke from there."""
    if there := _there(place):
        return f"Aucune contribution {there}."
    return _("%(place)s : aucune contribution.") % {"place": place.name}


def nobody_of(category: Category, place: Territory) -> str:
    """That nobody of that category spoke from there."""
    if there := _there(place):
        return f"Aucune contribution {_from(category.short_label)} {there}."
    return _("%(place)s : aucune contribution au titre de « %(category)s ».") % {
        "place": place.name,
        "category": category.short_label,
    }


def _there(place: Territory) -> str:
    """ "en Mayenne"; "" in another language, and where no rule says what stands before the name."""
    if not (get_language() or "fr").startswith("fr"):
        return ""
    if place.level == Level.ACADEMY:
        return f"dans l’académie {_of(place.name)}"
    if place.level == Level.BASIN:
        return f"dans le bassin {_of(place.name)}"
    before = _PLACED.get(place.name)
    return f"{before}{place.name}" if before and place.level in (Level.REGION, Level.DEPARTMENT) else ""


def _from(label: str) -> str:
    """A group in the plural is said as in a sentence, another as it is written."""
    first = label.split()[0] if label.split() else ""
    if first.endswith("s") and not first[1:2].isupper():
        return _of(label[0].lower() + label[1:])
    return f"au titre de « {label} »"


def _of(name: str) -> str:
    return f"d’{name}" if name[:1] in _VOWELS else f"de {name}"
