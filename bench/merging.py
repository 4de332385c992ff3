"""Newer versions: CPU of comparing one and of taking it in, beside importing the same document in the same run.

`python -m bench.merging` prints them; a third of the statements differ on each side.
"""

import os
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final
from uuid import uuid4

SIZES: Final = (700, 7000)
NOW: Final = datetime(2026, 10, 1, 9, 30, tzinfo=UTC)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"CAHIERS_VAR": folder, "DJANGO_SETTINGS_MODULE": "cahiers.settings"}
        os.environ.pop("DATABASE_URL", None)
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        for size in SIZES:
            _measure(size)


def _measure(size: int) -> None:
    from cahiers.consultations.actions import create
    from cahiers.notebooks.actions import SourceFile, import_synthesis, statements
    from cahiers.notebooks.merging.actions import update
    from cahiers.notebooks.merging.keeping import compare
    from cahiers.notebooks.models import Notebook, Statement
    from cahiers.territories.actions import add
    from cahiers.territories.models import Level

    here = add(parent=None, level=Level.NATION, name=f"Valmarie {size}", by=None, now=NOW)
    consultation = create(
        slug=f"mesure-{size}",
        title="Mesure",
        method_key="etats-generaux",
        territories=[here],
        by=None,
        now=NOW,
    )

    def source(name: str) -> SourceFile:
        return SourceFile.of(f"{name} {size}".encode(), name=name, format="json")

    given: dict[str, Any] = {"by": None, "now": NOW}
    made, importing = _timed(
        lambda: import_synthesis(
            consultation=consultation,
            territory=here,
            synthesis=_document(size, ""),
            source=source("v1"),
            **given,
        )
    )
    notebook = Notebook.objects.select_related("consultation", "territory").get(pk=made.pk)
    found = Statement.objects.filter(row__theme__notebook=notebook).order_by("pk")
    for one in found.select_related("current", "row__theme__notebook__consultation")[::3]:
        text = f"{one.current.text}, ici"
        statements.reword(statement=one, text=text, seen=one.current_id, command=uuid4(), **given)
    newer = _document(size, ", dit le document")
    comparison, comparing = _timed(lambda: compare(notebook, newer))
    _, taking = _timed(lambda: update(notebook=notebook, synthesis=newer, source=source("v2"), **given))
    print(
        f"{size} statements, {len(comparison.changes)} changes: import {importing:.2f} s,"
        f" compare {comparing:.2f} s ({comparing / importing:.2f} x),"
        f" compare and take in {taking:.2f} s ({taking / importing:.2f} x)"
    )


def _document(size: int, mark: str) -> Any:
    """As tests make one, with other words in every statement, of which a third end with `mark`."""
    from tests import sample

    read = sample.large(size)
    themes = []
    for theme in read.themes:
        rows = tuple(
            replace(
                row,
                cells={
                    kind: tuple(
                        replace(
                            item,
                            text=f"{item.text} du rang {place} pour {kind}{mark if (place + at) % 3 == 1 else ''}",
                        )
                        for at, item in enumerate(items)
                    )
                    for kind, items in row.cells.items()
                },
            )
            for place, row in enumerate(theme.stages["action_plan"])
        )
        themes.append(replace(theme, stages={"action_plan": rows}))
    return replace(read, themes=tuple(themes))


def _timed(act: Callable[[], Any]) -> tuple[Any, float]:
    """What it returns, and seconds of CPU."""
    start = time.process_time()
    result = act()
    return result, time.process_time() - start


if __name__ == "__main__":
    main()
