"""The report as a workbook: one sheet a question that people ask."""

from collections.abc import Iterable, Sequence
from typing import IO, Any

import xlsxwriter

from cahiers.textkit.duplicates import kept_of
from cahiers.textkit.reports.summary import (
    KIND_NAMES,
    POLARITY_NAMES,
    Summary,
    kinds_told,
    method_facts,
    percent,
)

WITHHELD = "n. p."
EVIDENCE = {"exact": "mêmes mots", "lexical": "mots proches", "paraphrase": "à confirmer"}
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
        heads, rows = _groups(summary)
        _sheet(book, "Groupes", heads, rows, (6, 36, 50, 30, *(12,) * (len(heads) - 5), 50))
        _sheet(book, "Remarques", _REMARK_HEADS, _remarks(summary), (14, 70, 30, 16, 12, 45, 14))
        if summary.voices:
            lines = ((name, *map(_shown, cells)) for name, cells in summary.voices.rows)
            _sheet(book, "Qui s’exprime", ("Groupe", *summary.voices.categories), lines, (40, 14))
        people = ("Personnes",) * summary.signed
        campaigns = ((text, copies, *(_shown(n) for _ in people)) for text, copies, n in summary.campaigns)
        _sheet(book, "Copies", ("Texte", "Envois", *people), campaigns, (90, 12))
        heads = ["Première", "Seconde", "Indice", "Ressemblance"]
        _sheet(book, "Ressemblances", heads, _pairs(summary), (16,))
        _sheet(book, "Méthode", ("Donnée", "Valeur"), _method(summary), (40, 80))


_REMARK_HEADS = (
    "Identifiant",
    "Texte",
    "Groupe",
    "Nature proposée",
    "Sens proposé",
    "Thèmes proposés",
    "Copie de",
)


def _groups(summary: Summary) -> tuple[list[str], list[tuple[Any, ...]]]:
    drafted = any(line.group.draft for line in summary.lines)
    heads = ["N°", "Groupe", "Phrase", "Mots distinctifs", *["Personnes"] * summary.signed]
    heads += ["Remarques", "Sans les copies", "Rencontres", "Nature proposée"]
    rows = []
    for n, line in enumerate(summary.lines, start=1):
        group, counts = line.group, line.group.counts
        rows.append(
            (
                n, group.name, group.sentence, ", ".join(group.terms), *[_shown(line.people)] * summary.signed,
                counts.remarks, counts.distinct, counts.meetings, kinds_told(line), *[group.draft] * drafted,
            )
        )  # fmt: skip
    return heads + ["Résumé rédigé par un modèle, à vérifier"] * drafted, rows


def _remarks(summary: Summary) -> Iterable[tuple[Any, ...]]:
    names = {group.key: group.name for group in summary.analysis.groups}
    copies = kept_of(summary.analysis.duplicates)
    for unit in summary.analysis.units:
        kept = copies.get(unit.passage, unit.passage)
        yield (
            unit.id, summary.text_of(unit), names.get(unit.group, "(isolée)"),
            KIND_NAMES.get(unit.kind, "") if unit.kind else "",
            POLARITY_NAMES.get(unit.polarity.label, "") if unit.polarity else "",
            ", ".join(
                f"{summary.themes.get(theme.label, theme.label)} ({percent(theme.score)})" for theme in unit.themes
            ),
            "" if kept == unit.passage else kept,
        )  # fmt: skip


def _pairs(summary: Summary) -> Iterable[tuple[Any, ...]]:
    for entry in summary.analysis.duplicates:
        for pair in entry.pairs:
            yield pair.first, pair.second, EVIDENCE[pair.evidence], percent(pair.score)
    for pair in summary.analysis.paraphrases:
        yield pair.first, pair.second, "à confirmer", percent(pair.score)


def _method(summary: Summary) -> Iterable[tuple[Any, ...]]:
    counts = summary.analysis.counts
    yield from [("Personnes distinctes", _shown(summary.people))] * summary.signed
    yield "Remarques", counts.remarks
    yield "Remarques sans les copies", counts.distinct
    yield "Rencontres", counts.meetings
    yield "Remarques non signées", counts.unsigned
    yield from method_facts(summary.analysis.method)


def _sheet(
    book: Any, name: str, heads: Sequence[str], rows: Iterable[Sequence[Any]], widths: Sequence[int]
) -> None:
    """Ready to be printed: across the page, headings repeated, long texts over several lines."""
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    for column, head in enumerate(heads):
        sheet.write_string(0, column, head, bold)
        sheet.set_column(column, column, widths[min(column, len(widths) - 1)])
    for row, values in enumerate(rows, start=1):
        sheet.set_row(row, _height(values, widths))
        for column, value in enumerate(values):
            if value == "":
                continue
            if isinstance(value, str):
                cut = value if len(value) <= LONGEST_CELL else value[: LONGEST_CELL - len(_CUT)] + _CUT
                sheet.write_string(row, column, cut, wrapped)
            else:
                sheet.write_number(row, column, value, wrapped)


def _height(values: Sequence[Any], widths: Sequence[int]) -> float:
    """In points: LibreOffice does not make room by itself for texts that take several lines."""
    lines = 1
    for column, value in enumerate(values):
        width = widths[min(column, len(widths) - 1)]
        lines = max(lines, sum(1 + len(part) // width for part in str(value).split("\n")))
    return float(min(15 * lines, 405))  # Excel's most is 409


def _shown(value: int | None) -> int | str:
    return WITHHELD if value is None else value
