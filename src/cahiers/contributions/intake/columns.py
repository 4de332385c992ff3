"""What each column of a table says, as a list of choices: a mapping seen column by column."""

from collections.abc import Iterator
from collections.abc import Mapping as Dictionary
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cahiers.consultations.models import Consultation
from cahiers.contributions.models import FEEDBACK
from cahiers.contributions.tables import Column, Mapping, Table, Text, column_key

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

#: Before the kind of what a column of texts says; "" for the kind that the file takes by default.
TEXT: Final = "text:"
#: The same question, in another language.
MORE: Final = "more"
KIND: Final = "kind"
ROLES: "Final[tuple[tuple[str, _StrPromise], ...]]" = (
    ("title", gettext_lazy("Titre")),
    ("theme", gettext_lazy("Thème")),
    ("category", gettext_lazy("Catégorie de personnes")),
    ("territory", gettext_lazy("Lieu")),
    ("date", gettext_lazy("Date")),
    ("stands_for", gettext_lazy("Nombre de personnes")),
    ("answers", gettext_lazy("Réponse fermée, gardée à côté")),
    ("links", gettext_lazy("Liens")),
    ("language", gettext_lazy("Langue")),
    ("channel", gettext_lazy("Canal")),
    ("id", gettext_lazy("Identifiant de la ligne")),
    ("voice", gettext_lazy("Identifiant de la personne (gardé chiffré)")),
    ("parent", gettext_lazy("Identifiant de ce qui est commenté")),
    ("address", gettext_lazy("Adresse de sa page")),
    ("consent", gettext_lazy("Accord pour publier : oui ou non")),
    ("withdrawn", gettext_lazy("Retrait par son auteur : oui, non ou date")),
)
TARGETS: Final = tuple(key for key, _label in ROLES)


def choices(consultation: Consultation) -> list[tuple[str, Any]]:
    """For a list of choices, texts under their own heading."""
    return [
        ("", _("Laisser de côté")),
        (_("Ce qui est dit"), [(TEXT, _("Texte")), *_kinds(consultation), (MORE, _("Suite, autre langue"))]),
        (_("De qui, d’où, quand"), [(KIND, _("Nature du texte")), *ROLES]),
    ]


def kinds(consultation: Consultation) -> list[tuple[str, str]]:
    """Kinds of the method, each once, by key with its label."""
    method = consultation.method
    known = {FEEDBACK: method.feedback.word} if method.feedback else {}
    known |= {column.kind: column.label for stage in method.stages for column in stage.columns}
    return list(known.items())


def _kinds(consultation: Consultation) -> Iterator[tuple[str, str]]:
    for key, label in kinds(consultation):
        yield TEXT + key, _("Texte : %s") % label


def roles(mapping: Mapping, table: Table) -> dict[int, str]:
    """Role of each column, by its index."""
    found: dict[str, str] = {}
    for text in mapping.texts:
        for at, name in enumerate(text.columns):
            found[column_key(name)] = MORE if at else TEXT + text.kind
        if text.kind_column:
            found[column_key(text.kind_column)] = KIND
    for target in TARGETS:
        for name in getattr(mapping, target):
            found.setdefault(column_key(name), target)
    return {column.index: found.get(column.key, "") for column in table.columns}


def told(mapping: Mapping, consultation: Consultation) -> list[tuple[str, str]]:
    """What each column that was read says, in words: its name, then its role."""
    known = dict(kinds(consultation))
    labels = dict(ROLES)
    found = []
    for text in mapping.texts:
        role = _("Texte : %s") % known[text.kind] if text.kind in known else _("Texte")
        found += [(name, role) for name in text.columns]
        if text.kind_column:
            found.append((text.kind_column, _("Nature du texte")))
    found += [(name, str(labels[target])) for target in TARGETS for name in getattr(mapping, target)]
    return list(dict.fromkeys(found))


def mapping_of(table: Table, chosen: Dictionary[int, str], old: Mapping) -> Mapping:
    """The mapping that these roles make; what they do not say stays as it was."""
    by_role: dict[str, list[Column]] = {}
    for column in table.columns:
        by_role.setdefault(chosen.get(column.index, ""), []).append(column)
    kind_column = next((column.name for column in by_role.get(KIND, ())), "")
    texts = [
        replace(text, kind_column="" if text.kind else kind_column) for text in _texts(table, chosen, old)
    ]
    targets: dict[str, Any] = {
        target: tuple(column.name for column in _ordered(by_role.get(target, []), getattr(old, target)))
        for target in TARGETS
    }
    return replace(old, texts=tuple(texts), **targets)


def _texts(table: Table, chosen: Dictionary[int, str], old: Mapping) -> list[Text]:
    """Questions in the order of the file, each followed by its other languages."""
    before = {column_key(name): text for text in old.texts for name in text.columns}
    made: list[Text] = []
    of_old: dict[Text, int] = {}
    rest: list[Column] = []
    for column in table.columns:
        role = chosen.get(column.index, "")
        if role.startswith(TEXT):
            if column.key in before:
                of_old[before[column.key]] = len(made)
            made.append(Text(columns=(column.name,), kind=role[len(TEXT) :], question=column.question))
        elif role == MORE:
            rest.append(column)
    for column in rest:
        at = of_old.get(before[column.key], len(made) - 1) if column.key in before else len(made) - 1
        if made:
            made[at] = replace(made[at], columns=(*made[at].columns, column.name))
    return made


def _ordered(columns: list[Column], old: tuple[str, ...]) -> list[Column]:
    """Those that were mapped first, in their order: the first filled one counts."""
    order = {column_key(name): at for at, name in enumerate(old)}
    return sorted(columns, key=lambda column: (order.get(column.key, len(order)), column.index))
