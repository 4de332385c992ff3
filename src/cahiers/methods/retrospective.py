"""A retrospective in two stages: what to keep, stop and start, then who does what."""

from cahiers.methods.model import Category, Column, Method, Stage, Theme

METHOD = Method(
    key="retrospective",
    title="Rétrospective",
    theme_word="SUJET",
    theme_heading="Sujet",
    territory_heading="Nom de l’équipe",
    themes=(
        Theme(key="work", title="Notre façon de travailler"),
        Theme(key="tools", title="Nos outils et nos lieux", aliases=("Outils et lieux",)),
        Theme(key="relations", title="Nos relations avec le public", aliases=("Relations avec le public",)),
    ),
    categories=(
        Category(key="team", label="Membres de l’équipe", short_label="Équipe"),
        Category(key="partners", label="Partenaires", short_label="Partenaires"),
        Category(key="public", label="Usagers et habitants", short_label="Usagers"),
    ),
    stages=(
        Stage(
            key="review",
            title="Bilan",
            columns=(
                Column(kind="keep", heading="À garder", label="À garder", plural="À garder"),
                Column(kind="stop", heading="À arrêter", label="À arrêter", plural="À arrêter"),
                Column(kind="start", heading="À commencer", label="À commencer", plural="À commencer"),
            ),
            caption="Ce que nous gardons, arrêtons et commençons",
            prompts=(
                "Chacun note ce qu’il veut garder, arrêter ou commencer, puis le groupe rapproche les notes.",
            ),
            minutes=30,
            roles=(
                "Animation : donne la parole et tient le temps.",
                "Prise de notes : écrit pour qui n’a pas de téléphone.",
            ),
        ),
        Stage(
            key="actions",
            title="Actions",
            columns=(
                Column(kind="action", heading="Quoi", label="Action", plural="Actions"),
                Column(kind="actor", heading="Qui", label="Personne", plural="Personnes"),
                Column(kind="timing", heading="Quand", label="Échéance", plural="Échéances"),
            ),
            caption="Ce que nous décidons",
            minutes=20,
            roles=("Animation : fait dire qui s’en charge avant de passer à la suite.",),
        ),
    ),
    legend="En gras et en vert : ce sur quoi le groupe a insisté.",
)
