"""The report as a workbook: one sheet a question that people ask."""

from collections.abc import Iterable, Sequence
from typing import IO, Any

import xlsxwriter

from cahiers.language import gettext as _
from cahiers.language import gettext_noop, percent
from cahiers.textkit.duplicates import kept_of
from cahiers.textkit.reports.summary import (
    KIND_NAMES,
    Summary,
    kinds_told,
    method_facts,
    polarity_name,
)

EVIDENCE = {
    "exact": gettext_noop("mêmes mots"),
    "lexical": gettext_noop("mots proches"),
    "paraphrase": gettext_noop("à confirmer"),
}
LONGEST_CELL = 32_767  # Excel's limit; a longer remark is cut there and says so


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
        _sheet(book, _("Groupes"), heads, rows, (6, 36, 50, 30, *(12,) * (len(heads) - 5), 50))
        _sheet(book, _("Remarques"), _remark_heads(), _remarks(summary), (14, 70, 30, 16, 12, 45, 14))
        if summary.voices:
            lines = ((name, *map(_shown, cells)) for name, cells in summary.voices.rows)
            _sheet(book, _("Qui s’exprime"), (_("Groupe"), *summary.voices.categories), lines, (40, 14))
        people = (_("Personnes"),) * summary.signed
        campaigns = (
            (text, copies, *(_shown(n) for _head in people)) for text, copies, n in summary.campaigns
        )
        _sheet(book, _("Copies"), (_("Texte"), _("Envois"), *people), campaigns, (90, 12))
        heads = [_("Première"), _("Seconde"), _("Indice"), _("Ressemblance")]
        _sheet(book, _("Ressemblances"), heads, _pairs(summary), (16,))
        _sheet(book, _("Méthode"), (_("Donnée"), _("Valeur")), _method(summary), (40, 80))


def _remark_heads() -> list[str]:
    return [
        _("Identifiant"), _("Texte"), _("Groupe"), _("Nature proposée"), _("Sens proposé"), _("Thèmes proposés"),
        _("Copie de"),
    ]  # fmt: skip


def _groups(summary: Summary) -> tuple[list[str], list[tuple[Any, ...]]]:
    drafted = any(line.group.draft for line in summary.lines)
    heads = [_("N°"), _("Groupe"), _("Phrase"), _("Mots distinctifs"), *[_("Personnes")] * summary.signed]
    heads += [_("Remarques"), _("Sans les copies"), _("Rencontres"), _("Nature proposée")]
    rows = []
    for n, line in enumerate(summary.lines, start=1):
        group, counts = line.group, line.group.counts
        rows.append(
            (
                n, group.name, group.sentence, ", ".join(group.terms), *[_shown(line.people)] * summary.signed,
                counts.remarks, counts.distinct, counts.meetings, kinds_told(line), *[group.draft] * drafted,
            )
        )  # fmt: skip
    return heads + [_("Résumé rédigé par un modèle, à vérifier")] * drafted, rows


def _remarks(summary: Summary) -> Iterable[tuple[Any, ...]]:
    names = {group.key: group.name for group in summary.analysis.groups}
    copies = kept_of(summary.analysis.duplicates)
    for unit in summary.analysis.units:
        kept = copies.get(unit.passage, unit.passage)
        yield (
            unit.id, summary.text_of(unit), names.get(unit.group, _("(isolée)")),
            _(KIND_NAMES[unit.kind]) if unit.kind in KIND_NAMES else "",
            polarity_name(unit.polarity.label) if unit.polarity else "",
            ", ".join(
                f"{summary.themes.get(theme.label, theme.label)} ({percent(theme.score)})" for theme in unit.themes
            ),
            "" if kept == unit.passage else kept,
        )  # fmt: skip


def _pairs(summary: Summary) -> Iterable[tuple[Any, ...]]:
    for entry in summary.analysis.duplicates:
        for pair in entry.pairs:
            yield pair.first, pair.second, _(EVIDENCE[pair.evidence]), percent(pair.score)
    for pair in summary.analysis.paraphrases:
        yield pair.first, pair.second, _("à confirmer"), percent(pair.score)


def _method(summary: Summary) -> Iterable[tuple[Any, ...]]:
    counts = summary.analysis.counts
    yield from [(_("Personnes distinctes"), _shown(summary.people))] * summary.signed
    yield _("Remarques"), counts.remarks
    yield _("Remarques sans les copies"), counts.distinct
    yield _("Rencontres"), counts.meetings
    yield _("Remarques non signées"), counts.unsigned
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
                sheet.write_string(row, column, _fitting(value), wrapped)
            else:
                sheet.write_number(row, column, value, wrapped)


def _fitting(text: str) -> str:
    if len(text) <= LONGEST_CELL:
        return text
    cut = _("… [coupé]")
    return text[: LONGEST_CELL - len(cut)] + cut


def _height(values: Sequence[Any], widths: Sequence[int]) -> float:
    """In points: LibreOffice does not make room by itself for texts that take several lines."""
    lines = 1
    for column, value in enumerate(values):
        width = widths[min(column, len(widths) - 1)]
        lines = max(lines, sum(1 + len(part) // width for part in str(value).split("\n")))
    return float(min(15 * lines, 405))  # Excel's most is 409


def _shown(value: int | None) -> int | str:
    return _("n. p.") if value is None else value
