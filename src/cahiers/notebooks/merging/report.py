"""What taking in a newer version did, in lines for the terminal, which speaks French."""

from collections.abc import Iterator

from django.utils import translation

from cahiers.methods import Method
from cahiers.notebooks.merging.comparing import Comparison, Verdict
from cahiers.notebooks.merging.pages import counted
from cahiers.notebooks.merging.wording import Wording


def counts(comparison: Comparison) -> str:
    """How many changes of each verdict."""
    found = counted(comparison)
    return (
        f"repris du document : {found[Verdict.TAKEN]}, gardés du cahier : {found[Verdict.KEPT]},"
        f" semblables des deux côtés : {found[Verdict.SAME]}, en conflit : {found[Verdict.CONFLICT]}"
    )


def kept(comparison: Comparison, method: Method) -> Iterator[str]:
    """Each conflict, where the notebook stays as it is."""
    wording = Wording(comparison, method)
    for change in comparison.conflicts:
        with translation.override("fr"):
            words = wording.words(change)
            place = ", ".join(filter(None, wording.where(change)))
        ours, theirs = (" / ".join(lines) if lines else "rien" for lines in (words.ours, words.theirs))
        yield (
            f"conflit, le cahier est gardé ({place + ' ; ' if place else ''}{words.what}, {words.deed})"
            f" : « {ours} » plutôt que « {theirs} »"
        )
