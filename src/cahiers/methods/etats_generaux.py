"""The method of the États généraux du numérique: feedback, diagnosis, projections, action plan."""

from cahiers.methods.model import Category, Column, FeedbackSheets, Method, Stage, Theme

THEMES = (
    Theme(
        key="access",
        title="Garantir un égal accès au numérique pour tous",
        aliases=("Un égal accès au numérique pour tous",),
    ),
    Theme(key="teaching", title="Enseigner et apprendre avec le numérique"),
    Theme(key="working_together", title="Travailler ensemble autrement"),
    Theme(
        key="responsible",
        title="Favoriser le développement d’un numérique responsable et souverain",
        aliases=("Numérique responsable et souverain",),
    ),
    Theme(
        key="governance",
        title="Mettre en place de nouvelles formes de gouvernance et de nouveaux outils d’anticipation",
        aliases=("Gouvernance et anticipation",),
    ),
)

CATEGORIES = (
    Category(
        key="primary_teams",
        label="Équipes pédagogiques, éducatives, administratives du premier degré",
        short_label="Équipes du premier degré",
        counts_establishments=True,
    ),
    Category(
        key="secondary_teams",
        label="Équipes pédagogiques, éducatives, administratives du second degré",
        short_label="Équipes du second degré",
        counts_establishments=True,
    ),
    Category(
        key="academic_representatives",
        label="Représentants académiques",
        short_label="Représentants académiques",
    ),
    Category(
        key="users",
        label="Représentants des usagers (familles et élèves)",
        short_label="Familles et élèves",
    ),
    Category(
        key="associations",
        label="Associations et collectifs actifs de la sphère éducative locale, de médiation et d’inclusion",
        short_label="Associations",
    ),
    Category(
        key="elected_officials",
        label="Élus, cadres et représentants d’association, d’élus communaux, départementaux, régionaux"
        " et des collectivités",
        short_label="Élus et collectivités",
    ),
    Category(key="researchers", label="Chercheurs", short_label="Chercheurs"),
    Category(key="operators", label="Opérateurs", short_label="Opérateurs"),
    Category(key="edtech", label="Représentants de la filière EdTech", short_label="Filière EdTech"),
)

# Cues come from how French names each kind (lacks and obstacles, what works, infinitives for what is to be done,
# bodies and trades for who, dates for when, measures for how one will know), not from any document.
LACKS = (
    r"^(l’|les? |la |une? |des )?(absence|manque|difficult|difficile|problème|risque|co[uû]t|insuffisan|fracture|perte"
    r"|résistance|lourdeur|lenteur|multipli|dispersion|disparité|diversité|hétérogén|inégal|in[ée]quité|méconnai|limit"
    r"|complexité|obsolescence|panne|bug|surcharge|fatigue|stress|peur|crainte|isolement|décrochage|frein|obstacle"
    r"|écart|zones? blanche|réticence|inadéquation|instabilité|cloisonnement|confusion|contrainte|dépendance|refus"
    r"|rupture|saturation|déficit|carence|pénurie|défaut|incompatib|incompréhension|exposition|temps (de|passé|perdu))",
    r"^(trop|pas |peu |aucun|comment |pourquoi |rien|personne|jamais|plus de \w+ que)",
    r"\b(ne|n’\w+) .*\b(pas|plus|jamais|rien|guère|qu[e’]|ni|personne)\b|\bn’(est|a|ont|y) ",
    r"\b(inadapté|insuffisant|défaillant|méconn|trop|mal|impossible|rarement|inégal|obsol|en panne|perd\w*|chers?"
    r"|préjudiciable|négati|coûteux|lourds?|vieillissant|hors d’usage|saturé|inaudible|démuni|seuls?|tardi|lointain)",
)
WORKS = (
    r"\b(permet|favoris|facilit|amélior|existe|offre|effica|stable|familier|réussi|positi|motiv|entraide|solidarité"
    r"|richesse|mieux|meilleur|utile|bon(ne)? |partag|collabor|coopér|mutualis|gain|gagn|souplesse|réactivité"
    r"|autonomie|mobilis|implication|engagement|renforcement|disponib|créativité|initiative|confiance|proximité"
    r"|adapté|accompagne|dynamique|valoris|intérêt|plaisir|découvert|succès|réponse|synergie|complémentarité)",
    r"^une? (?!seul|manque|absence)",
    r"^(possibilité|capacité|découverte|maintien|accès|adaptation|développement|création|mise en|outils? )",
)
BE_ABLE = r"(?:pouvoir|avoir|être|disposer|savoir|bénéficier|retrouver|connaître|comprendre)\b"
NEEDS = (
    r"\bbesoins?\b|^(nécessité|attente|envie|exigence|souhait)",
    rf"^(ne pas |s’|se |d’|de )?{BE_ABLE}",
    r"^(un|une|du|des|de la|de l’|plus de|moins de|davantage|mieux|meilleure?s?|plus) ",
    r"^se \w+er\b",
)
INFINITIVE = rf"^(ne pas |toujours )?(s’|se |l’|d’|y )?(?!{BE_ABLE}|\w+ier\b|premier|dernier|atelier)[\w-]+(er|ir|dre|tre|ire|uire)\b"
DOINGS = r"^(la |le |l’|les |une? )?(création|mise en|généralisation|organisation|élaboration|constitution|instauration|rédaction)"
ACTORS = (
    r"^(les? |la |l’|une? |des |chaque |tou(s|te|tes) les )?(\w+ )?(enseignant|professeur|profs?\b|direct|chefs? d|inspecteur"
    r"|inspection|maires?\b|mairie|[ée]lus?\b|association|parents?\b|familles?\b|[ée]l[èe]ves?\b|collectivité|communes?\b"
    r"|communauté|département|régions?\b|[ée]tat\b|rectorat|académie|ministère|équipes?\b|référent|conseil|comité|commission"
    r"|formateur|universit|bibliothèque|médiathèque|médiateur|personnel|représentant|syndicat|opérateur|éditeur"
    r"|entreprise|partenaire|réseau|service|secrétaire|secrétariat|assistant|documentaliste|infirmi|psycholog|animateur"
    r"|coordonnateur|coordinateur|délégué|principa|proviseur|gestionnaire|technicien|éducateur|conseiller|chercheur"
    r"|laboratoire|bénévole|fédération|centres? |ateliers? canopé|préfecture|métropole|intercommunalité|vie scolaire"
    r"|groupe|corps|usagers?\b|étudiant|lycéen|collégien|retraité|habitants?\b|interlocuteur|délégation|direction|municipalité)",
    r"^(les? |la |l’)?(?-i:[A-Z]{2,7})s?\b",
)
TIMES = (
    r"\b(court|moyen|long)(\W+et \w+)? terme\b|\bterme\b",
    r"\b(19|20)\d\d\b",
    r"\b(janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|noël|toussaint|pâques"
    r"|lundi|mardi|mercredi|jeudi|vendredi|samedi|printemps|été|automne|hiver)s?\b",
    r"\b(pré-?)?rentrée|trimestre|semestre|\bann(ée|uel)|\bmois\b|mensuel|\bsemaine|\bjour(née|s)?\b|vacances|congés"
    r"|\bsoirs?\b|\bmatin|immédiat|urgen|temps (banalisé|fort|libéré|dédié|scolaire)|calendrier|échéance|délai",
    r"^(dès|d’ici|dans (la |le |les |l’|un )|avant|après|pendant|lors|au (cours|début|fil|long)|à (partir|la|l’)|en (cours|continu|amont|fin|début|\d)"
    r"|tout|toute|chaque|début|fin|le \d|1er|progressi|permanent|continu|régulièrement|maintenant)",
)
MEASURES = (
    r"^(les? |la |l’|une? |des |bon |meilleure? )?(nombre|taux|essor|parts?\b|pourcentage|fréquen|proportion|évolution|baisse|hausse|diminution"
    r"|augmentation|réduction|progression|indicateur|enquêtes?\b|sondage|questionnaire|bilans?\b|satisfaction|délais?\b|comptes? rendu"
    r"|statistique|quantité|volume|score|résultats?\b|retours?\b|mesure|suivi|évaluation|sentiment|existence|absence|connexions?\b"
    r"|utilisation|usages?\b|présence|participation|qualité|niveau|réussite|assiduité|certification|traces?\b|relevés?\b|temps moyen"
    r"|durée|coût|écarts?\b|développement des|généralisation|production|réservation|inscription|respect)",
    r"%|\b(moins|plus|davantage) de\b|\ben (hausse|baisse)\b|\bpar (an|mois|semaine|élève|classe|établissement)\b",
)

IRRITANT = Column(kind="irritant", heading="Irritants", label="Irritant", plural="Irritants", cues=LACKS)
STRENGTH = Column(
    kind="strength",
    heading="Points forts",
    label="Point fort",
    plural="Points forts",
    cues=(*WORKS, INFINITIVE),
)
LEVER = Column(
    kind="lever",
    heading="Axes d’amélioration ou leviers permettant de répondre aux besoins correspondants aux irritants",
    label="Levier",
    plural="Leviers",
    cues=(INFINITIVE, DOINGS),
)

METHOD = Method(
    key="etats-generaux",
    title="États généraux",
    theme_word="THEMATIQUE",
    theme_heading="Thématique concernée (parmi les 5)",
    territory_heading="Nom de la Région académique",
    themes=THEMES,
    categories=CATEGORIES,
    feedback=FeedbackSheets(
        word="RETEX",
        title="Retour d’expérience",
        caption="Retours d’expérience présentés lors des ateliers",
        prompts=(
            "Deux ou trois retours d’expérience ouvrent l’atelier ; chacun tient en quelques lignes, avec un lien"
            " vers une vidéo ou un article quand il existe.",
            "De ces récits et de ce que le terrain a fait remonter, les participants dégagent :",
            "- les points forts : ce qui a bien marché et qu’il faut garder ;",
            "- les irritants : ce qui a gêné, et que l’on aurait voulu éviter.",
        ),
    ),
    stages=(
        Stage(
            key="diagnosis",
            title="Diagnostic",
            columns=(IRRITANT, STRENGTH),
            caption="Diagnostic des points forts et irritants",
            cites_feedback=True,
        ),
        Stage(
            key="projections",
            title="Projections",
            columns=(
                Column(
                    kind="irritant",
                    heading="Irritants principaux",
                    label="Irritant",
                    plural="Irritants",
                    cues=LACKS,
                ),
                Column(kind="need", heading="Besoin", label="Besoin", plural="Besoins", cues=NEEDS),
                LEVER,
            ),
            caption="Synthèse des besoins & axes d’amélioration",
            prompts=(
                "Les participants imaginent le numérique éducatif qu’ils souhaitent : à chaque irritant principal"
                " répondent un ou plusieurs besoins.",
                "Ils cherchent ensuite les leviers qui permettraient de répondre à ces besoins.",
            ),
        ),
        Stage(
            key="action_plan",
            title="Plan d’action",
            columns=(
                Column(
                    kind="lever",
                    heading="Axes d’amélioration principaux (Quoi)",
                    label="Levier",
                    plural="Leviers",
                    cues=(INFINITIVE, DOINGS),
                ),
                Column(
                    kind="action",
                    heading="Actions à mener (Comment)",
                    label="Action",
                    plural="Actions",
                    cues=(INFINITIVE, DOINGS),
                ),
                Column(
                    kind="actor", heading="Acteurs mobilisés", label="Acteur", plural="Acteurs", cues=ACTORS
                ),
                Column(
                    kind="timing",
                    heading="Temporalité souhaitée pour une mise en œuvre",
                    label="Échéance",
                    plural="Échéances",
                    cues=TIMES,
                ),
                Column(
                    kind="indicator",
                    heading="Indicateurs et facteurs de réussite",
                    label="Indicateur",
                    plural="Indicateurs",
                    cues=MEASURES,
                ),
            ),
            caption="Plan d’action pour répondre aux besoins et activer les leviers d’amélioration",
            prompts=(
                "Pour chaque levier retenu, les participants disent comment le mettre en œuvre :",
                "- Quoi : le levier, tel qu’il est sorti de l’atelier Projections ;",
                "- Comment : les actions à mener ;",
                "- Qui : ceux qui portent l’action et ceux qu’elle concerne ;",
                "- Quand : à court, moyen ou long terme, ou à une date ;",
                "- Indicateurs : à quoi l’on verra que l’action a réussi.",
            ),
        ),
    ),
    legend="En gras et en vert : ce qui a été particulièrement souligné dans les échanges.",
)
