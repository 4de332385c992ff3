"""The method of the États généraux du numérique: feedback, diagnosis, projections, action plan."""

from cahiers.methods.cues import ACTORS, DOINGS, INFINITIVE, LACKS, MEASURES, NEEDS, TIMES, WORKS
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

HINDRANCES = ("Freins", "Difficultés", "Obstacles", "Points faibles", "Points négatifs")
IRRITANT = Column(
    kind="irritant",
    heading="Irritants",
    label="Irritant",
    plural="Irritants",
    aliases=HINDRANCES,
    cues=LACKS,
)
STRENGTH = Column(
    kind="strength",
    heading="Points forts",
    label="Point fort",
    plural="Points forts",
    aliases=("Atouts", "Forces", "Réussites", "Points positifs", "Points d’appui"),
    cues=(*WORKS, INFINITIVE),
)
LEVER = Column(
    kind="lever",
    heading="Axes d’amélioration ou leviers permettant de répondre aux besoins correspondants aux irritants",
    label="Levier",
    plural="Leviers",
    aliases=("Pistes d’amélioration", "Solutions", "Propositions"),
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
            minutes=45,
            roles=(
                "Animation : donne la parole, tient le temps et ne prend pas parti.",
                "Témoin : présente en trois minutes un retour d’expérience.",
                "Prise de notes : écrit pour qui n’a pas de téléphone.",
            ),
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
                    aliases=HINDRANCES,
                    cues=LACKS,
                ),
                Column(
                    kind="need",
                    heading="Besoin",
                    label="Besoin",
                    plural="Besoins",
                    aliases=("Attentes",),
                    cues=NEEDS,
                ),
                LEVER,
            ),
            caption="Synthèse des besoins & axes d’amélioration",
            prompts=(
                "Les participants imaginent le numérique éducatif qu’ils souhaitent : à chaque irritant principal"
                " répondent un ou plusieurs besoins.",
                "Ils cherchent ensuite les leviers qui permettraient de répondre à ces besoins.",
            ),
            minutes=45,
            roles=(
                "Animation : ramène chaque idée à l’irritant auquel elle répond.",
                "Prise de notes : écrit pour qui n’a pas de téléphone et relit les mots à voix haute.",
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
                    aliases=("Axe", "Axes", "Objectifs"),
                    cues=(INFINITIVE, DOINGS),
                ),
                Column(
                    kind="action",
                    heading="Actions à mener (Comment)",
                    label="Action",
                    plural="Actions",
                    aliases=("Mesures",),
                    cues=(INFINITIVE, DOINGS),
                ),
                Column(
                    kind="actor",
                    heading="Acteurs mobilisés",
                    label="Acteur",
                    plural="Acteurs",
                    aliases=("Qui", "Pilotes", "Porteurs", "Responsables", "Partenaires"),
                    cues=ACTORS,
                ),
                Column(
                    kind="timing",
                    heading="Temporalité souhaitée pour une mise en œuvre",
                    label="Échéance",
                    plural="Échéances",
                    aliases=("Quand", "Calendrier", "Délais"),
                    cues=TIMES,
                ),
                Column(
                    kind="indicator",
                    heading="Indicateurs et facteurs de réussite",
                    label="Indicateur",
                    plural="Indicateurs",
                    aliases=("Évaluation", "Critères de réussite"),
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
            minutes=60,
            roles=(
                "Animation : ne quitte un levier que lorsque l’on sait qui fait quoi, et quand.",
                "Rapporteur : dit à la fin, en deux minutes, ce que la salle a particulièrement souligné.",
                "Prise de notes : écrit pour qui n’a pas de téléphone.",
            ),
        ),
    ),
    legend="En gras et en vert : ce qui a été particulièrement souligné dans les échanges.",
)
