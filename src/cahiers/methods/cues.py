"""How French names lacks, strengths, needs, doings, actors, times and measures: cues for kinds of statement.

A cue is a regular expression matched whatever the case. Words are stems: "difficult" is also "difficultés".
"""

from typing import Final

ARTICLE: Final = r"(?:les? |la |l’|une? |des |chaque |tou(?:s|te|tes) les )?"


def _starting(stems: str, before: str = ARTICLE) -> str:
    """Cue for statements whose first word, after an article, begins with one of the stems."""
    return rf"^{before}(?:{'|'.join(stems.split())})"


def _holding(stems: str) -> str:
    """Cue for statements in which some word begins with one of the stems."""
    return rf"\b(?:{'|'.join(stems.split())})"


LACKS: Final = (
    _starting(
        "absence manque difficult difficile problème risque co[uû]t insuffisan fracture perte résistance lourdeur"
        " lenteur multipli dispersion disparité hétérogén inégal in[ée]quité méconnai limit complexité obsolescence"
        " panne bug surcharge fatigue stress peur crainte isolement décrochage frein obstacle écart réticence"
        " inadéquation instabilité cloisonnement confusion contrainte dépendance refus rupture saturation déficit"
        " carence pénurie défaut incompatib incompréhension"
    ),
    _starting(r"trop pas\b peu\b aucun comment\b pourquoi\b rien\b personne\b jamais\b", before=""),
    r"\b(?:ne|n’\w+) .*\b(?:pas|plus|jamais|rien|guère|qu[e’]|ni|personne)\b|\bn’(?:est|a|ont|y) ",
    _holding(
        r"inadapté insuffisant défaillant méconn trop\b mal\b impossible rarement inégal obsol perd chers?\b"
        r" préjudiciable négati coûteux lourds?\b vieillissant saturé inaudible démuni seuls?\b tardi lointain"
    )
    + r"|\b(?:en panne|hors d’usage)\b",
)
WORKS: Final = (
    _holding(
        r"permet favoris facilit amélior existe\b offre effica stable familier réussi positi motiv entraide solidarité"
        r" richesse mieux\b meilleur utile bon\b bonne\b partag collabor coopér mutualis gain gagn souplesse réactivité"
        r" autonomie mobilis implication engagement renforcement disponib créativité initiative confiance proximité"
        r" adapté accompagne dynamique valoris intérêt plaisir découvert succès réponse synergie complémentarité"
    ),
    r"^une? (?!seul|manque|absence)",
    _starting("possibilité capacité découverte maintien accès adaptation développement création mise outil"),
)
BE_ABLE: Final = r"(?:pouvoir|avoir|être|disposer|savoir|bénéficier|retrouver|connaître|comprendre)\b"
NEEDS: Final = (
    r"\bbesoins?\b|^(?:nécessité|attente|envie|exigence|souhait)",
    rf"^(?:ne pas |s’|se |d’|de )?{BE_ABLE}",
    r"^(?:un|une|du|des|de la|de l’|plus de|moins de|davantage|mieux|meilleure?s?|plus) ",
    r"^se \w+er\b",
)
NO_INFINITIVE: Final = (
    rf"(?!{BE_ABLE}|(?:premier|dernier|atelier|papier|dossier|calendrier|métier|courrier|cahier|clavier|quartier"
    r"|financier|entier|particulier|régulier|danger|hiver|loisir|avenir|plaisir|désir|fer|mer|cuir)s?\b)"
)
INFINITIVE: Final = (
    rf"^(?:ne pas |toujours )?(?:s’|se |l’|d’|y )?{NO_INFINITIVE}[\w-]+(?:er|ir|dre|tre|ire)\b"
)
DOINGS: Final = _starting(
    "création mise généralisation organisation élaboration constitution instauration rédaction"
)
ACTORS: Final = (
    _starting(
        r"enseignant professeur profs?\b direct chefs?\b inspecteur inspection maires?\b mairie [ée]lus?\b association"
        r" parents?\b familles?\b [ée]l[èe]ves?\b collectivité communes?\b communauté département régions?\b [ée]tat\b"
        r" rectorat académie ministère équipes?\b référent conseil comité commission formateur universit bibliothèque"
        r" médiathèque médiateur personnel représentant syndicat opérateur éditeur entreprise partenaire réseau"
        r" services?\b secrétaire secrétariat assistant documentaliste infirmi psycholog animateur coordonnateur"
        r" coordinateur délégué principa proviseur gestionnaire technicien éducateur chercheur laboratoire bénévole"
        r" fédération centres?\b préfecture métropole intercommunalité groupe corps usagers?\b étudiant lycéen"
        r" collégien retraité habitants?\b interlocuteur délégation municipalité",
        before=ARTICLE + r"(?:\w+ )?",
    ),
    rf"^{ARTICLE}(?-i:[A-Z]{{2,7}})s?\b",
)
TIMES: Final = (
    r"\b(?:court|moyen|long)(?:\W+et \w+)? terme\b",
    r"\b(?:19|20)\d\d\b",
    _holding(
        r"janvier février mars\b avril mai\b juin juillet août septembre octobre novembre décembre noël toussaint"
        r" pâques lundi mardi mercredi jeudi vendredi samedi printemps été\b automne hiver"
    ),
    _holding(
        r"(?:pré-?)?rentrée trimestre semestre année annuel mois\b mensuel semaine jours?\b journée vacances congés"
        r" soirs?\b matin immédiat urgen calendrier échéance délai"
    )
    + r"|\btemps (?:banalisé|fort|libéré|dédié|scolaire)",
    r"^(?:dès|d’ici|dans (?:la |le |les |l’|un )|avant|après|pendant|lors|au (?:cours|début|fil|long)"
    r"|à (?:partir|la|l’)|en (?:cours|continu|amont|fin|début|\d)|tout|toute|chaque|début|fin|le \d|1er"
    r"|progressi|permanent|continu|régulièrement|maintenant)",
)
MEASURES: Final = (
    _starting(
        r"nombre taux parts?\b pourcentage fréquen proportion évolution baisse hausse diminution augmentation réduction"
        r" progression indicateur enquêtes?\b sondage questionnaire bilans?\b satisfaction délais?\b compte statistique"
        r" quantité volume score résultats?\b retours?\b mesure suivi évaluation sentiment existence absence"
        r" connexions?\b utilisation usages?\b présence participation qualité niveau réussite assiduité certification"
        r" traces?\b relevés?\b durée coût écarts?\b essor développement généralisation production inscription respect",
        before=ARTICLE + r"(?:bon |meilleure? )?",
    ),
    r"%|\b(?:moins|plus|davantage) de\b|\ben (?:hausse|baisse)\b"
    r"|\bpar (?:an|mois|semaine|élève|classe|établissement)\b",
)
