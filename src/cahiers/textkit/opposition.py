"""Do two near-identical remarks say opposite things? The guard in front of every joining of duplicates."""

import re
from collections import Counter

from rapidfuzz.distance import OSA

from cahiers.textkit.french import fold, lemma, regular

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
    commencer/arreter continuer/stopper efficace/inefficace lisible/illisible possible/impossible
    """.split()
_OPPOSITES = frozenset(frozenset(pair.split("/")) for pair in _ANTONYMS)
_FORMS = frozenset(word for pair in _OPPOSITES for word in pair)


def signature(text: str) -> tuple[Counter[str], int]:
    """Folded words of a text, and how many negations or lacks it holds (« ne… plus » is one, « plus de » none)."""
    words = [fold(word) for word in _WORD.findall(regular(text))]
    negated = sum(word in _CUES for word in words)
    if "plus" in words and not any(word in words for word in ("pas", "jamais", "rien", "aucun", "aucune")):
        before = words[max(0, words.index("plus") - 4) : words.index("plus")]
        negated += "ne" in before or "n" in before
    return Counter(words), negated


def opposed(first: str, second: str) -> bool:
    """True where the few words that differ turn the sense round, or the numbers differ.

    Meant for texts that are otherwise alike. When in doubt it answers True: two copies left apart cost a reader a
    second, two opposite views counted as one falsify the consultation.
    """
    words_a, negated_a = signature(first)
    words_b, negated_b = signature(second)
    only_a, only_b = unshared(words_a, words_b)
    if negated_a != negated_b:
        return True
    if {word for word in only_a if word[0].isdigit()} != {word for word in only_b if word[0].isdigit()}:
        return True
    lemmas_a, lemmas_b = _forms(only_a), _forms(only_b)
    if any(frozenset((a, b)) in _OPPOSITES for a in lemmas_a for b in lemmas_b):
        return True
    return any(_prefixed(a, b) or _prefixed(b, a) for a in lemmas_a for b in lemmas_b)


def unshared(left: Counter[str], right: Counter[str]) -> tuple[set[str], set[str]]:
    """The words that each side has alone, less those that a typing slip explains."""
    only_a, only_b = set(left - right), set(right - left)
    for a in sorted(only_a):
        for b in sorted(only_b):
            if _slip(a, b):
                only_a.discard(a)
                only_b.discard(b)
                break
    return only_a, only_b


def _slip(a: str, b: str) -> bool:
    if min(len(a), len(b)) < 4 or a[0].isdigit() or b[0].isdigit() or _prefixed(a, b) or _prefixed(b, a):
        return False
    if (a in _FORMS or lemma(a) in _FORMS) and (b in _FORMS or lemma(b) in _FORMS):
        return False
    allowed = 2 if min(len(a), len(b)) >= 9 else 1
    return OSA.distance(a, b, score_cutoff=allowed) <= allowed


def _forms(words: set[str]) -> set[str]:
    return words | {lemma(word) for word in words}


def _prefixed(plain: str, turned: str) -> bool:
    return len(plain) >= 4 and any(turned == prefix + plain for prefix in _PREFIXES)
