"""Do two near-identical remarks say opposite things? The guard in front of every joining of duplicates."""

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from cahiers.textkit.french import fold, lemma, regular
from cahiers.textkit.lexicon import PHONE_SPELLINGS

_WORD = re.compile(r"[^\W_]+")
_CUES = frozenset(
    """
    pas jamais aucun aucune rien sans non ni nul nulle guere zero hors contre stop fin
    manque manquer manquent manquait absence absent absente insuffisant insuffisante insuffisance penurie defaut carence
    faute inexistant inexistante refus refuser interdire interdiction interdit interdite
    """.split()
)
_PREFIXES = ("in", "im", "il", "ir", "de", "des", "dis", "mal", "mes", "non", "anti", "a")
_ANTONYMS = """
    plus/moins augmenter/diminuer augmenter/reduire augmenter/baisser hausse/baisse augmentation/diminution
    augmentation/reduction augmentation/baisse accroitre/reduire accroitre/diminuer accroitre/limiter pour/contre avec/sans
    autoriser/interdire autorisation/interdiction permettre/interdire permettre/empecher encourager/decourager
    encourager/limiter encourager/interdire obligatoire/facultatif obligatoire/volontaire obligatoire/optionnel
    supprimer/maintenir supprimer/creer supprimer/garder supprimer/conserver supprimer/ajouter supprimer/renforcer
    supprimer/developper suppression/maintien suppression/creation abandonner/poursuivre abandonner/garder arreter/continuer
    arreter/poursuivre arreter/developper cesser/continuer ouvrir/fermer ouvert/ferme ouverture/fermeture
    ajouter/retirer ajouter/enlever renforcer/alleger renforcer/affaiblir renforcer/reduire alleger/alourdir
    developper/limiter developper/reduire developper/freiner generaliser/limiter generaliser/restreindre
    centraliser/decentraliser facile/difficile facilement/difficilement facilite/difficulte simple/complique
    simple/complexe simplifier/compliquer rapide/lent rapidement/lentement rapidite/lenteur bon/mauvais bien/mal
    bonne/mauvaise meilleur/pire mieux/pire mieux/mal utile/inutile fort/faible forte/faible suffisant/insuffisant
    suffisamment/insuffisamment assez/trop trop/peu beaucoup/peu toujours/jamais souvent/rarement souvent/jamais
    tous/aucun tout/rien tous/personne chacun/personne avant/apres gratuit/payant gratuit/cher court/long
    individuel/collectif local/national public/prive libre/proprietaire accepter/refuser acceptation/refus
    accelerer/ralentir favoriser/freiner favoriser/limiter favoriser/empecher faciliter/empecher faciliter/compliquer
    faciliter/freiner favorable/defavorable favorable/oppose accord/desaccord confiance/mefiance inclure/exclure
    inclusion/exclusion gagner/perdre gain/perte reussite/echec reussir/echouer fiable/instable stable/instable
    moderne/obsolete neuf/vetuste recent/ancien recent/obsolete present/absent presence/absence presentiel/distanciel
    nombreux/rare eleve/bas haut/bas debut/fin premier/dernier garder/changer maintenir/changer aimer/detester
    apprecier/deplorer satisfait/mecontent satisfait/decu content/mecontent clair/flou clair/confus equitable/inegal
    egalite/inegalite avantage/inconvenient atout/obstacle atout/frein solution/probleme motiver/demotiver
    motive/demotive remplacer/conserver remplacer/garder uniformiser/diversifier isole/entoure seul/ensemble
    davantage/moins acheter/louer allonger/raccourcir elargir/restreindre etendre/restreindre commencer/finir
    commencer/arreter continuer/stopper recent/vetuste neuf/ancien neuf/vieux recent/vieux inclus/exclus
    reussir/rater possible/exclu permis/interdit allume/eteint monter/descendre rapprocher/eloigner proche/loin
    augmente/diminue construire/demolir embaucher/licencier efficace/inefficace lisible/illisible possible/impossible
    """.split()
_OPPOSITES = frozenset(frozenset(pair.split("/")) for pair in _ANTONYMS)


@dataclass(frozen=True)
class Reading:
    """Folded words of a text, the dictionary forms of each, and how many negations or lacks it holds.

    « ne… plus » is a negation, « plus de » is none.
    """

    words: Counter[str]
    forms: dict[str, frozenset[str]]
    negations: int


@lru_cache(maxsize=50_000)
def read(text: str) -> Reading:
    """What the guard compares; cached, since a text is compared with several others."""
    typed = [PHONE_SPELLINGS.get(word, word) for word in _WORD.findall(regular(text).lower())]
    words = [fold(word) for word in typed]
    forms = {folded: _forms(word, folded) for word, folded in zip(typed, words, strict=True)}
    negated = sum(word in _CUES for word in words)
    if "plus" in words and not any(word in words for word in ("pas", "jamais", "rien", "aucun", "aucune")):
        before = words[max(0, words.index("plus") - 4) : words.index("plus")]
        negated += "ne" in before or "n" in before
    return Reading(Counter(words), forms, negated)


def opposed(first: str, second: str) -> bool:
    """True where the few words that differ turn the sense round, or the numbers differ.

    Meant for texts that are otherwise alike. When in doubt it answers True: two copies left apart cost a reader a
    second, two opposite views counted as one falsify the consultation.
    """
    a, b = read(first), read(second)
    if a.negations != b.negations:
        return True
    only_a, only_b = unshared(a, b)
    if {word for word in only_a if word[0].isdigit()} != {word for word in only_b if word[0].isdigit()}:
        return True
    return any(_turned(a.forms[left], b.forms[right]) for left in only_a for right in only_b)


def unshared(a: Reading, b: Reading) -> tuple[set[str], set[str]]:
    """The words that each side has alone, less those that a typing slip explains."""
    only_a, only_b = set(a.words - b.words), set(b.words - a.words)
    for left in sorted(only_a):
        for right in sorted(only_b):
            if _slip(left, right) and not _turned(a.forms[left], b.forms[right]):
                only_a.discard(left)
                only_b.discard(right)
                break
    return only_a, only_b


def _slip(a: str, b: str) -> bool:
    shorter = min(len(a), len(b))
    if shorter < 4 or a[0].isdigit() or b[0].isdigit():
        return False
    # Two slips in one word are believed only where it begins alike: « inclus » and « exclus » are not one word.
    allowed = 2 if shorter >= 9 and a[:2] == b[:2] else 1
    return OSA.distance(a, b, score_cutoff=allowed) <= allowed


def _turned(left: frozenset[str], right: frozenset[str]) -> bool:
    return any(frozenset((a, b)) in _OPPOSITES or _prefixed(a, b) or _prefixed(b, a) for a in left for b in right)


def _forms(word: str, folded: str) -> frozenset[str]:
    """The word, its lemma, and its masculine singular by the usual endings."""
    forms = {folded, lemma(word)}
    base = folded.removesuffix("s")
    forms |= {base, base.removesuffix("e")}
    if base.endswith("ve"):
        forms.add(base[:-2] + "f")
    if base.endswith("se"):
        forms.add(base[:-2] + "x")
    return frozenset(forms)


def _prefixed(plain: str, turned: str) -> bool:
    return len(plain) >= 4 and any(
        turned == prefix + plain or (plain[:2] in ("en", "in") and turned == prefix + plain[2:]) for prefix in _PREFIXES
    )
