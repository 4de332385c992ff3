"""Says once what the doubts about a text amount to, and puts them in the order in which a person reads them."""

from collections.abc import Collection, Iterator, Sequence
from itertools import groupby
from typing import Final

from cahiers.documents.model import LOST_ORDER, Source, Synthesis, Warning

#: Texts that mark their pages lost the order of all tables: a sixth of the statements and more are doubtful then. In
#: others, what kinds of statements say finds most columns: where a tenth are doubtful, it does not.
SHARE: Final = 0.1
#: So many runs of pages are named; beyond, the first and the last page are.
RUNS: Final = 6
INSTEAD: Final = (
    "Donnez plutôt le fichier docx, odt ou pdf lui-même, ou sinon le texte qu’en tire « pdftotext -layout »."
)


def told(
    synthesis: Synthesis, warnings: Sequence[Warning], doubtful: Collection[int], *, mixed: bool
) -> Iterator[Warning]:
    """One warning for the whole, then those about what was read, then those that only say other readings.

    `doubtful` are the lines where doubtful statements begin: none, where the text kept its columns. `mixed` says that
    it gives the cells of its tables in one reading order, whatever is doubtful.
    """
    yield from _whole(synthesis, doubtful, mixed)
    yield from (warning for warning in warnings if not warning.is_other_reading)
    yield from (warning for warning in warnings if warning.is_other_reading)


def _whole(synthesis: Synthesis, doubtful: Collection[int], mixed: bool) -> Iterator[Warning]:
    sources = [
        item.source
        for theme in synthesis.themes
        for rows in theme.stages.values()
        for row in rows
        for items in row.cells.values()
        for item in items
    ]
    own = [source for source in sources if source is not None and source.line in doubtful]
    if mixed and not own:
        yield Warning(message=f"{LOST_ORDER} : relisez où sont placés ses énoncés. {INSTEAD}")
    elif own and (mixed or len(own) >= SHARE * len(sources)):
        are = "sont peut-être coupés ou mal placés" if len(own) > 1 else "est peut-être coupé ou mal placé"
        statements = f"{len(own)} énoncé{'s' if len(own) > 1 else ''} sur {len(sources)}"
        yield Warning(message=f"{LOST_ORDER} : {statements} {are} ({_where(own)}). {INSTEAD}")


def _where(sources: Sequence[Source]) -> str:
    pages = sorted({source.page for source in sources if source.page is not None})
    if not pages:
        lines = [source.line for source in sources if source.line is not None]
        return f"lignes {min(lines)} à {max(lines)}" if len(set(lines)) > 1 else f"ligne {lines[0]}"
    runs = [
        [page for _, page in run] for _, run in groupby(enumerate(pages), key=lambda pair: pair[1] - pair[0])
    ]
    if len(runs) > RUNS:
        return f"entre les pages {pages[0]} et {pages[-1]}"
    named = [f"{run[0]} à {run[-1]}" if len(run) > 1 else str(run[0]) for run in runs]
    return f"page{'s' if len(pages) > 1 else ''} {', '.join(named)}"
