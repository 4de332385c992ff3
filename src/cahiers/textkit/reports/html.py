"""The report as one self-contained page: no script, no outside request, readable by a screen reader and on paper."""

from collections.abc import Iterable
from html import escape
from importlib.resources import files
from typing import IO

from cahiers.textkit.counts import Cell
from cahiers.textkit.model import Unit
from cahiers.textkit.reports.figure import figure
from cahiers.textkit.reports.summary import (
    KIND_NAMES,
    POLARITY_NAMES,
    Summary,
    Voices,
    kinds_told,
    method_facts,
    percent,
)

HERE = "Les remarques sont rapprochées par leurs mots et leurs tournures, sur cette machine, sans que rien n’en sorte. "
ELSEWHERE = (
    "Les remarques sont rapprochées par leurs mots et leurs tournures, et par un modèle distant\u00a0: leur texte a "
    "été envoyé à {}. "
)
METHOD = (
    "Les groupes, leurs noms, les natures et les thèmes sont des propositions\u00a0: des personnes les valident, les "
    "renomment, les fusionnent ou les scindent. Les noms reprennent les mots des participants. Les personnes, les "
    "remarques et les rencontres sont trois nombres différents. Les mêmes données, avec la même graine, donnent le "
    "même rapport."
)


def write(summary: Summary, stream: IO[str]) -> None:
    """UTF-8; whatever people wrote is escaped."""
    body = "".join(
        (
            _figures(summary), _drift(summary), _overview(summary), figure(summary), _groups(summary),
            _voices(summary.voices, summary.threshold), _campaigns(summary), _outliers(summary), _method(summary),
        )
    )  # fmt: skip
    style = files("cahiers.textkit.reports").joinpath("report.css").read_text(encoding="utf-8")
    stream.write(
        f'<!doctype html>\n<html lang="fr"><head><meta charset="utf-8"><title>{escape(summary.title)}</title>'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f'<style>{style}</style></head><body><a class="skip" href="#contenu">Aller au contenu</a>'
        f'<header><h1>{escape(summary.title)}</h1></header><main id="contenu">{body}</main></body></html>\n'
    )


def number(value: Cell) -> str:
    """French thousands; a withheld number says so in words, for those who do not see the dash."""
    if value is None:
        return '<abbr title="moins que le seuil, non publié">n. p.</abbr>'
    return f"{value:,}".replace(",", "\u202f")


def _some(value: Cell, one: str, many: str) -> str:
    """« 1 remarque », « 2 remarques »; nothing, as one, is singular in French."""
    return f"<b>{number(value)}</b> {one if value is not None and value < 2 else many}"


def _section(key: str, title: str, body: str) -> str:
    return f'<section aria-labelledby="{key}"><h2 id="{key}">{title}</h2>{body}</section>'


def _wide(key: str, table: str) -> str:
    """A table wider than a phone scrolls by itself, also from the keyboard."""
    return f'<div class="scroll" tabindex="0" role="group" aria-labelledby="{key}">{table}</div>'


def _cells(*values: Cell) -> str:
    return "".join(f'<td class="n">{number(value)}</td>' for value in values)


def _heads(*names: str, numeric: bool = True) -> str:
    kind = ' class="n"' if numeric else ""
    return "".join(f'<th scope="col"{kind}>{escape(name)}</th>' for name in names)


def _figures(summary: Summary) -> str:
    counts = summary.analysis.counts
    alone = len(summary.analysis.outliers)
    told: list[tuple[Cell, str, str]] = [
        (counts.remarks, "remarque", "remarques"),
        (counts.distinct, "remarque sans les copies", "remarques sans les copies"),
        (len(summary.lines), "groupe", "groupes"), (alone, "remarque isolée", "remarques isolées"),
    ]  # fmt: skip
    # What the file has no column for is not told as nothing.
    if summary.signed:
        told.insert(0, (summary.people, "personne distincte", "personnes distinctes"))
    if counts.unsigned:
        told.insert(-2, (counts.unsigned, "remarque non signée", "remarques non signées"))
    if counts.meetings:
        told.insert(-2, (counts.meetings, "rencontre", "rencontres"))
    items = "".join(f"<li>{_some(*figure)}</li>" for figure in told)
    return _section("chiffres", "Combien", f'<ul class="figures">{items}</ul>')


def _drift(summary: Summary) -> str:
    drift = summary.analysis.drift
    if drift is None:
        return ""
    names = {group.key: group.name for group in summary.analysis.groups}

    def named(keys: Iterable[str]) -> str:
        return ", ".join(f"«\u00a0{escape(names.get(key, key))}\u00a0»" for key in keys) or "aucun"

    joined = "".join(
        f"<li>{escape(names.get(key, key))}\u00a0: +\u202f{number(times)}</li>"
        for key, times in sorted(drift.joined.items(), key=lambda item: -item[1])
    )
    gone = ", ".join(f"«\u00a0{escape(name)}\u00a0»" for name in drift.vanished.values()) or "aucun"
    share = f"{100 * drift.kept_share:.1f}".replace(".", ",")
    facts = [
        ("Remarques nouvelles", number(drift.added)),
        ("Remarques corrigées", number(len(drift.corrected))),
        ("Remarques retirées", number(len(drift.removed_passages))),
        ("Remarques déjà connues restées dans leur groupe", f"{share}\u00a0%"),
        ("Groupes nouveaux", named(drift.created)), ("Groupes disparus", gone),
        ("Groupes devenus moins homogènes", named(drift.loosened)),
    ]  # fmt: skip
    items = "".join(f"<li>{label}\u00a0: {value}</li>" for label, value in facts)
    more = (
        f"<details><summary>Remarques nouvelles, groupe par groupe</summary><ul>{joined}</ul></details>"
        if joined
        else ""
    )
    return _section("derive", "Ce qui a changé depuis la fois précédente", f"<ul>{items}</ul>{more}")


def _overview(summary: Summary) -> str:
    columns = [(line.people, line.group.counts) for line in summary.lines]
    heads = ["Personnes"] * summary.signed + ["Remarques", "Sans les copies"]
    heads += ["Rencontres"] * bool(summary.analysis.counts.meetings)
    rows = []
    for n, (line, (people, counts)) in enumerate(zip(summary.lines, columns, strict=True), start=1):
        cells: list[Cell] = [people] * summary.signed + [counts.remarks, counts.distinct]
        cells += [counts.meetings] * bool(summary.analysis.counts.meetings)
        rows.append(
            f'<tr><td class="n">{n}</td><th scope="row"><a href="#g{n}">{escape(line.group.name)}</a>'
            f"<q>{escape(line.group.sentence)}</q></th>{_cells(*cells)}<td>{escape(kinds_told(line))}</td></tr>"
        )
    table = (
        "<table><caption>Groupes de remarques, du plus nourri au moins nourri</caption><thead><tr>"
        f"{_heads('N°', 'Groupe', numeric=False)}{_heads(*heads)}{_heads('Nature proposée', numeric=False)}"
        f"</tr></thead><tbody>{''.join(rows)}</tbody></table>"
    )
    if not rows:
        return _section("groupes", "Les groupes", "<p>Aucun\u00a0: trop peu de remarques se ressemblent.</p>")
    return _section("groupes", "Les groupes", _wide("groupes", table))


def _groups(summary: Summary) -> str:
    parts = []
    for n, line in enumerate(summary.lines, start=1):
        group = line.group
        central = "".join(_quote(summary, unit, text) for unit, text in line.central)
        edge = "".join(_quote(summary, unit, text) for unit, text in line.edge)
        more = f"<details><summary>En marge du groupe</summary>{edge}</details>" if edge else ""
        terms = ", ".join(escape(term) for term in group.terms)
        words = f"<p>Mots distinctifs\u00a0: {terms}</p>" if terms else ""
        state = " (validé)" if group.validated else ""
        draft = (
            f"<p>Résumé rédigé par un modèle, à vérifier\u00a0: {escape(group.draft)}</p>"
            if group.draft
            else ""
        )
        parts.append(
            f'<article aria-labelledby="g{n}"><h3 id="g{n}">{n}. {escape(group.name)}{state}</h3>'
            f"<p>«\u00a0{escape(group.sentence)}\u00a0»</p>{words}{draft}"
            f"<h4>Au plus près du centre</h4>{central}{more}</article>"
        )
    return _section("paroles", "Les paroles", "".join(parts)) if parts else ""


def _quote(summary: Summary, unit: Unit, text: str) -> str:
    labels = []
    if unit.kind:
        named = [KIND_NAMES.get(kind.label, kind.label).lower() for kind in unit.kinds]
        sure = f"{named[0]} ({percent(unit.kinds[0].score)})"
        labels.append(f"nature incertaine ({' ou '.join(named[:2])})" if unit.kind == "unsure" else sure)
    if unit.polarity:
        labels.append(POLARITY_NAMES.get(unit.polarity.label, unit.polarity.label))
    labels += [summary.themes.get(theme.label, theme.label) for theme in unit.themes[:1]]
    said = f" — proposé\u00a0: {escape(', '.join(labels))}" if labels else ""
    return f"<blockquote><p>{escape(text)}</p><footer>n°\u00a0{escape(unit.id)}{said}</footer></blockquote>"


def _voices(voices: Voices | None, threshold: int) -> str:
    if voices is None:
        return ""
    unit = "Personnes distinctes" if voices.signed else "Remarques (auteurs inconnus)"
    rows = "".join(
        f'<tr><th scope="row">{escape(name)}</th>{_cells(*cells)}</tr>' for name, cells in voices.rows
    )
    table = (
        f"<table><caption>{unit}, par groupe et par «\u00a0{escape(voices.column)}\u00a0»</caption><thead><tr>"
        f"{_heads('Groupe', numeric=False)}{_heads(*voices.categories)}</tr></thead><tbody>{rows}</tbody></table>"
    )
    note = (
        f"Les nombres de 1 à {threshold - 1} ne sont pas publiés (n. p.), ni ceux qui les feraient deviner. "
    )
    several = "Une personne peut s’exprimer dans plusieurs groupes\u00a0: les colonnes ne s’additionnent pas."
    said = (note if threshold > 1 else "") + (several if voices.signed else "")
    return _section("voix", "Qui s’exprime", _wide("voix", table) + f"<p>{said}</p>" * bool(said))


def _campaigns(summary: Summary) -> str:
    if not summary.campaigns:
        return ""
    rows = "".join(
        f"<tr><td>{escape(text)}</td>{_cells(copies, *[people] * summary.signed)}</tr>"
        for text, copies, people in summary.campaigns
    )
    people = ["Personnes"] * summary.signed
    table = (
        "<table><caption>Chaque texte ne compte qu’une fois dans «\u00a0sans les copies\u00a0»</caption><thead><tr>"
        f"{_heads('Texte', numeric=False)}{_heads('Envois', *people)}</tr></thead><tbody>{rows}</tbody></table>"
    )
    return _section("copies", "Textes envoyés plusieurs fois", _wide("copies", table))


def _outliers(summary: Summary) -> str:
    alone = [unit for unit in summary.analysis.units if not unit.group]
    if not alone:
        return ""
    shown = "".join(_quote(summary, unit, summary.text_of(unit)) for unit in alone[:200])
    first = " (les 200 premières)" if len(alone) > 200 else ""
    some = (
        f"{number(len(alone))} remarques ne ressemblent à aucune autre. Elles ne sont ni forcées dans un groupe, ni "
        "écartées."
        if len(alone) > 1
        else "Une remarque ne ressemble à aucune autre. Elle n’est ni forcée dans un groupe, ni écartée."
    )
    reading = f"<details><summary>Lire{first}</summary>{shown}</details>"
    return _section("isolees", "Remarques isolées", f"<p>{some}</p>{reading}")


def _method(summary: Summary) -> str:
    method = summary.analysis.method
    rows = "".join(
        f'<tr><th scope="row">{escape(label)}</th><td>{escape(value)}</td></tr>'
        for label, value in method_facts(method)
    )
    sent_to = method.parameters.get("sent_to")
    where = ELSEWHERE.format(escape(str(sent_to))) if sent_to else HERE
    return _section(
        "methode",
        "Comment ce rapport est fait",
        f"<p>{where}{METHOD}</p>"
        '<table class="facts"><caption>De quoi refaire cette analyse</caption>'
        f"<tbody>{rows}</tbody></table>",
    )
