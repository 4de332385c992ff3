"""Places of a notebook as people choose them in a list."""

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cahiers.methods import Method
from cahiers.notebooks.editing.forms import Choices
from cahiers.notebooks.models import NotebookTheme, Row, Statement
from cahiers.ui.templatetags.ui import quotable

#: Characters of a text that tell it from others in a list.
EXCERPT = 60


def excerpt(text: str) -> str:
    return text if len(text) <= EXCERPT else text[:EXCERPT].rsplit(" ", 1)[0] + "…"


def kinds_of(method: Method) -> Choices:
    """Every kind of the method, in its order."""
    kinds: dict[str, str] = {}
    for stage in method.stages:
        for column in stage.columns:
            kinds.setdefault(column.kind, column.label)
    return list(kinds.items())


def rows_of(theme: NotebookTheme) -> Choices:
    """Rows of the theme by stage, each with its number and its name or its first words, in one query."""
    first = Statement.objects.filter(row=OuterRef("pk"), present=True).order_by("position", "pk")
    rows = list(
        theme.rows.filter(present=True)
        .annotate(words=Subquery(first.values("current__text")[:1]))
        .order_by("position", "pk")
    )
    found = []
    for stage in theme.notebook.consultation.method.stages:
        numbered = enumerate((row for row in rows if row.stage == stage.key), 1)
        if choices := [(str(row.uuid), _row(number, row)) for number, row in numbered]:
            found.append((stage.title, choices))
    return found


def orders_of_statement(statement: Statement) -> tuple[Choices, str]:
    """Places of its list, by the code of the statement that would follow, and which is its own; "" is the end."""
    cell = list(
        Statement.objects.filter(row=statement.row, kind=statement.kind, present=True)
        .select_related("current")
        .order_by("position", "pk")
    )
    codes = [one.code for one in cell]
    own = codes.index(statement.code) if statement.code in codes else len(codes) - 1
    choices = [
        (one.code, _("Avant « %s »") % quotable(excerpt(one.current.text)))
        for one in cell
        if one != statement
    ]
    return [*choices, ("", pgettext("place", "À la fin"))], "".join(codes[own + 1 : own + 2])


def orders_of_row(theme: NotebookTheme, stage: str, row: Row | None = None) -> tuple[Choices, str]:
    """The same for the rows of a stage; `row` is the one that moves, if it is one of them."""
    rows = dict(rows_of(theme)).get(theme.notebook.consultation.method.stage(stage).title, [])
    uuids = [uuid for uuid, _words in rows]
    own = str(row.uuid) if row else ""
    place = uuids.index(own) if own in uuids else len(uuids) - 1
    choices = [(uuid, _("Avant : %s") % words) for uuid, words in rows if uuid != own]
    return [*choices, ("", pgettext("place", "À la fin"))], "".join(uuids[place + 1 : place + 2])


def _row(number: int, row: Row) -> str:
    words = row.name or getattr(row, "words", None) or ""
    named = _("Ligne %s") % number
    return f"{named} – {excerpt(words)}" if words else named
