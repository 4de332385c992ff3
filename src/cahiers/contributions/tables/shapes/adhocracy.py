"""adhocracy+ workbooks: ideas (and proposals, topics), and the comments on them.

Source: adhocracy4's exports/mixins and adhocracy+'s apps/ideas/exports.py; headers are those of the project's language.
"""

from typing import Final

from cahiers.contributions.tables.mapping import Mapping, Text
from cahiers.contributions.tables.model import Table
from cahiers.contributions.tables.shapes.shape import Names, Shape
from cahiers.methods import Method

LINK: Final = ("Link", "Lien", "URL")
CREATED: Final = ("Created", "Créé", "Erstellt")
CREATOR: Final = ("Creator", "Créateur", "Créatrice", "Auteur", "Ersteller", "Ersteller*in")
REFERENCE: Final = ("Reference No.", "Référence", "Numéro de référence", "Referenznummer", "Referenz-Nr.")
BODY: Final = ("Description", "Beschreibung")
TITLE: Final = ("Name", "Title", "Titre", "Nom", "Titel")
COMMENT: Final = ("Comment", "Commentaire", "Kommentar")
REPLY: Final = (
    "Reply to Comment", "Réponse au commentaire", "Antwort auf Kommentar", "Reply to Reference",
    "Réponse à la référence", "Antwort auf Referenz",
)  # fmt: skip
COUNTED: Final = (
    "Positive ratings", "Negative ratings", "Comment count", "Status", "Moderator feedback", "Évaluations positives",
    "Évaluations négatives", "Nombre de commentaires", "Positive Bewertungen", "Negative Bewertungen", "Labels",
)  # fmt: skip


def accepts(table: Table) -> bool:
    names = Names(table)
    if not (names.any(*LINK) and names.any(*CREATED)):
        return False
    ideas = names.any(*BODY) and names.any(*TITLE) and names.any(*REFERENCE, *CREATOR)
    return bool(ideas or (names.any(*COMMENT) and names.any(*REPLY, *CREATOR)))


def propose(table: Table, method: Method) -> Mapping:
    names = Names(table)
    body = names.one(*BODY)
    text = body or names.one(*COMMENT)
    return Mapping(
        shape="adhocracy_ideas" if body else "adhocracy_comments",
        texts=(Text(columns=text, question=""),),
        title=names.one(*TITLE) if body else (),
        theme=names.one("Category", "Catégorie", "Kategorie"),
        territory=names.one("Location label", "Libellé du lieu", "Ortsbezeichnung"),
        date=names.one(*CREATED),
        address=names.one(*LINK) if body else (),
        links=() if body else names.one(*LINK),
        id=names.one(*REFERENCE) if body and names.any(*REFERENCE) else (*names.one(*LINK), *names.one("ID")),
        voice=names.one(*CREATOR),
        parent=() if body else names.any(*REPLY),
        answers=names.any(*COUNTED),
    )


SHAPE = Shape(name="adhocracy", label="adhocracy+", accepts=accepts, propose=propose)
