"""The report as a workbook: one sheet a question that people ask."""

from collections.abc import Iterable, Sequence
from typing import IO, Any

import xlsxwriter

from cahiers.textkit.duplicates import kept_of
from cahiers.textkit.reports.summary import KIND_NAMES, POLARITY_NAMES, Summary

WITHHELD = "n. p."
LONGEST_CELL = 32_767  # Excel's limit; a longer remark is cut there and says so
_CUT = "… [coupé]"


def write(summary: Summary, stream: IO[bytes]) -> None:
    """Texts stay texts: a remark that begins with « = » is never a formula."""
    options = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "in_memory": True,
    }
    with xlsxwriter.Workbook(stream, options) as book:
        bold = book.add_format({"bold": True})
        heads = _HEADS + _DRAFT_HEAD * _drafted(summary)
        _sheet(
            book, bold, "Groupes", heads, _groups(summary), (6, 40, 60, 30, 12, 12, 12, 12, 60)[: len(heads)]
        )
        _sheet(book, bold, "Remarques", _REMARK_HEADS, _remarks(summary), (14, 90, 30, 16, 12, 30, 14))
        if summary.voices:
            heads = ("Groupe", *summary.voices.categories)
            rows = ((name, *map(_shown, cells)) for name, cells in summary.voices.rows)
            _sheet(book, bold, "Qui s’exprime", heads, rows, (40,))
        _sheet(book, bold, "Copies", ("Texte", "Envois", "Personnes"), (
            (text, copies, _shown(people)) for text, copies, people in summary.campaigns
        ), (90, 10, 10))  # fmt: skip
        _sheet(
            book,
            bold,
            "Ressemblances",
            ("Première", "Seconde", "Indice", "Score"),
            _pairs(summary),
            (16, 16, 14, 10),
        )
        _sheet(book, bold, "Méthode", ("Donnée", "Valeur"), _method(summary), (30, 80))


_HEADS = ("N°", "Groupe", "Phrase", "Mots distinctifs", "Personnes", "Remarques", "Sans copies", "Rencontres")
_DRAFT_HEAD = ("Résumé rédigé par un modèle, à vérifier",)
_REMARK_HEADS = (
    "Identifiant",
    "Texte",
    "Groupe",
    "Nature proposée",
    "Sens proposé",
    "Thèmes proposés",
    "Copie de",
)


def _groups(summary: Summary) -> Iterable[tuple[Any, ...]]:
    for n, line in enumerate(summary.lines, start=1):
        group, counts = line.group, line.group.counts
        yield (
            n, group.name, group.sentence, ", ".join(group.terms), _shown(line.people), counts.remarks, counts.distinct,
            counts.meetings, *(group.draft,) * _drafted(summary),
        )  # fmt: skip


def _drafted(summary: Summary) -> bool:
    return any(line.group.draft for line in summary.lines)


def _remarks(summary: Summary) -> Iterable[tuple[Any, ...]]:
    names = {group.key: group.name for group in summary.analysis.groups}
    copies = kept_of(summary.analysis.duplicates)
    for unit in summary.analysis.units:
        kept = copies.get(unit.passage, unit.passage)
        yield (
            unit.id, summary.text_of(unit), names.get(unit.group, "(isolée)"),
            KIND_NAMES.get(unit.kinds[0].label, "") if unit.kinds else "",
            POLARITY_NAMES.get(unit.polarity.label, "") if unit.polarity else "",
            ", ".join(f"{theme.label} ({theme.score:.0%})" for theme in unit.themes),
            "" if kept == unit.passage else kept,
        )  # fmt: skip


def _pairs(summary: Summary) -> Iterable[tuple[Any, ...]]:
    for entry in summary.analysis.duplicates:
        for pair in entry.pairs:
            yield pair.first, pair.second, pair.evidence, pair.score
    for pair in summary.analysis.paraphrases:
        yield pair.first, pair.second, "à confirmer", pair.score


def _method(summary: Summary) -> Iterable[tuple[Any, ...]]:
    method, counts = summary.analysis.method, summary.analysis.counts
    yield "Personnes distinctes", _shown(summary.people)
    yield "Remarques", counts.remarks
    yield "Remarques sans les copies", counts.distinct
    yield "Rencontres", counts.meetings
    yield "Remarques non signées", counts.unsigned
    yield "Traits du texte", f"{method.vectoriser} {method.version}"
    yield "Graine", method.seed
    yield "Empreinte des données", method.input_digest
    for key, value in {**method.parameters, **method.libraries}.items():
        yield key, str(value)


def _sheet(
    book: Any,
    bold: Any,
    name: str,
    heads: Sequence[str],
    rows: Iterable[Sequence[Any]],
    widths: Sequence[int],
) -> None:
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    for column, head in enumerate(heads):
        sheet.write_string(0, column, head, bold)
        sheet.set_column(column, column, widths[min(column, len(widths) - 1)])
    for row, values in enumerate(rows, start=1):
        for column, value in enumerate(values):
            if value == "":
                continue
            if isinstance(value, str):
                cut = value if len(value) <= LONGEST_CELL else value[: LONGEST_CELL - len(_CUT)] + _CUT
                sheet.write_string(row, column, cut)
            else:
                sheet.write_number(row, column, value)


def _shown(value: int | None) -> int | str:
    return WITHHELD if value is None else value
