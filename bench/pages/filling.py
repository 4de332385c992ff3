"""A database to ask, through the actions that people's documents go through."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, Final

from bench.material import meeting, synthesis
from bench.pages.targets import LIST, ROWS

NOW: Final = datetime(2026, 10, 1, 9, 30, tzinfo=UTC)


def fill(state: str) -> None:
    """Bring the database to that state, through the actions that people's documents go through."""
    from django.db import connection

    from cahiers.consultations.actions import create, publish
    from cahiers.consultations.models import Consultation
    from cahiers.territories.actions import add
    from cahiers.territories.models import Level, Territory

    if state == ROWS[0]:
        nation = add(parent=None, level=Level.NATION, name="Valmarie", by=None, now=NOW)
        for number in range(LIST):
            made = create(
                slug=f"mesure-{number}",
                title=f"L’école et le village, {number}",
                method_key="etats-generaux",
                description="Ce que disent celles et ceux qui y travaillent, y apprennent ou y passent. " * 3,
                opens=date(2026, 9, 1),
                closes=date(2026, 12, 1),
                territories=[nation],
                by=None,
                now=NOW,
            )
            publish(consultation=made, by=None, now=NOW)
    nation = Territory.objects.get(parent=None)
    consultations = list(Consultation.objects.order_by("pk"))
    if state == ROWS[0]:
        meetings = tuple(meeting(f"Rencontre {number}") for number in range(1, LIST + 1))
        put(consultations[0], nation, "Bref", replace(synthesis(1), meetings=()))
        put(consultations[0], nation, "Long", replace(synthesis(6, seed=2), meetings=meetings))
    else:
        for number in range(96):
            put(consultations[1 + number % (LIST - 1)], nation, f"Cahier {number}", synthesis(6, seed=number))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def put(consultation: Any, territory: Any, title: str, read: Any) -> None:
    from django.utils.text import slugify

    from cahiers.notebooks.actions import SourceFile, import_synthesis, publish

    notebook = import_synthesis(
        consultation=consultation,
        territory=territory,
        synthesis=read,
        source=SourceFile.of(repr(read).encode(), name=f"{title}.json", format="json"),
        by=None,
        now=NOW,
    )
    notebook.title, notebook.slug = title, slugify(title)
    notebook.save(update_fields=["title", "slug"])
    publish(notebook=notebook, by=None, now=NOW)
