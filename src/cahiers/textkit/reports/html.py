"""The report as one self-contained page: no script, no outside request, readable by a screen reader and on paper."""

from html import escape
from importlib.resources import files
from typing import IO

from cahiers.textkit.counts import Cell
from cahiers.textkit.model import Unit
from cahiers.textkit.reports.figure import figure
from cahiers.textkit.reports.summary import KIND_NAMES, POLARITY_NAMES, Line, Summary, Voices

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
        f'<style>{style}</style></head><body><a class="skip" href="#contenu">Aller au contenu</a>'
        f'<header><h1>{escape(summary.title)}</h1></header><main id="contenu">{body}</main></body></html>\n'
    )


def number(value: Cell) -> str:
    """French thousands; a withheld number says so in words, for those who do not see the dash."""
    if value is None:
        return '<abbr title="moins que le seuil, non publié">n. p.</abbr>'
    return f"{value:,}".replace(",", "\u202f")


def _section(key: str, title: str, body: str) -> str:
    return f'<section aria-labelledby="{key}"><h2 id="{key}">{title}</h2>{body}</section>'


def _wide(key: str, table: str) -> str:
    """A table wider than a phone scrolls by itself, also from the keyboard."""
    return f'<div class="scroll" tabindex="0" role="region" aria-labelledby="{key}">{table}</div>'


def _cells(*values: Cell) -> str:
    return "".join(f'<td class="n">{number(value)}</td>' for value in values)


def _heads(*names: str, numeric: bool = True) -> str:
    kind = ' class="n"' if numeric else ""
    return "".join(f'<th scope="col"{kind}>{escape(name)}</th>' for name in names)


def _figures(summary: Summary) -> str:
    counts = summary.analysis.counts
    alone = len(summary.analysis.outliers)
    pairs: list[tuple[str, Cell]] = [
        ("personnes distinctes", summary.people), ("remarques", counts.remarks),
        ("remarques sans les copies", counts.distinct),
        ("rencontres", counts.meetings), ("remarques non signées", counts.unsigned), ("groupes", len(summary.lines)),
        ("remarques isolées", alone),
    ]  # fmt: skip
    items = "".join(f"<li><b>{number(value)}</b> {label}</li>" for label, value in pairs)
    return _section("chiffres", "Combien", f'<ul class="figures">{items}</ul>')


def _drift(summary: Summary) -> str:
    drift = summary.analysis.drift
    if drift is None:
        return ""
    names = {group.key: group.name for group in summary.analysis.groups}
    joined = "".join(
        f"<li>{escape(names.get(k, k))}\u00a0: + {number(v)}</li>" for k, v in drift.joined.items()
    )
    created = ", ".join(escape(names.get(key, key)) for key in drift.created) or "aucun"
    vanished = ", ".join(escape(key) for key in drift.vanished) or "aucun"
    loosened = ", ".join(escape(names.get(key, key)) for key in drift.loosened) or "aucun"
    share = f"{100 * drift.kept_share:.1f}".replace(".", ",")
    return (
        '<section aria-labelledby="derive"><h2 id="derive">Ce qui a changé depuis la fois précédente</h2><ul>'
        f"<li>Remarques restées dans leur groupe\u00a0: {share}\u00a0%</li><li>Groupes nouveaux\u00a0: {created}</li>"
        f"<li>Groupes disparus\u00a0: {vanished}</li><li>Groupes devenus moins homogènes\u00a0: {loosened}</li>"
        f"<li>Remarques retirées\u00a0: {number(len(drift.removed_passages))}</li></ul>"
        f"<h3>Remarques nouvelles par groupe</h3><ul>{joined or '<li>aucune</li>'}</ul></section>"
    )


def _overview(summary: Summary) -> str:
    rows = "".join(
        f'<tr><td class="n">{n}</td><th scope="row"><a href="#g{n}">{escape(line.group.name)}</a></th>'
        f"{_cells(line.people, line.group.counts.remarks, line.group.counts.distinct, line.group.counts.meetings)}"
        f"<td>{escape(_kinds(line))}</td></tr>"
        for n, line in enumerate(summary.lines, start=1)
    )
    heads = _heads("Personnes", "Remarques", "Sans les copies", "Rencontres")
    table = (
        "<table><caption>Groupes de remarques, du plus nourri au moins nourri</caption><thead><tr>"
        f"{_heads('N°', 'Groupe', numeric=False)}{heads}{_heads('Nature proposée', numeric=False)}"
        f"</tr></thead><tbody>{rows}</tbody></table>"
    )
    return _section("groupes", "Les groupes", _wide("groupes", table))


def _kinds(line: Line) -> str:
    return ", ".join(f"{KIND_NAMES.get(kind, kind)} {times}" for kind, times in line.kinds[:3])


def _groups(summary: Summary) -> str:
    parts = []
    for n, line in enumerate(summary.lines, start=1):
        group = line.group
        central = "".join(_quote(unit, text) for unit, text in line.central)
        edge = "".join(_quote(unit, text) for unit, text in line.edge)
        more = f"<details><summary>En marge du groupe</summary>{edge}</details>" if edge else ""
        terms = ", ".join(escape(term) for term in group.terms)
        state = " (validé)" if group.validated else ""
        draft = (
            f"<p>Résumé rédigé par un modèle, à vérifier\u00a0: {escape(group.draft)}</p>"
            if group.draft
            else ""
        )
        parts.append(
            f'<article aria-labelledby="g{n}"><h3 id="g{n}">{n}. {escape(group.name)}{state}</h3>'
            f"<p>«\u00a0{escape(group.sentence)}\u00a0»</p><p>Mots distinctifs\u00a0: {terms}</p>{draft}"
            f"<h4>Au plus près du centre</h4>{central}{more}</article>"
        )
    return _section("paroles", "Les paroles", "".join(parts))


def _quote(unit: Unit, text: str) -> str:
    labels = []
    if unit.kinds:
        labels.append(
            f"{KIND_NAMES.get(unit.kinds[0].label, unit.kinds[0].label)} ({unit.kinds[0].score:.0%})"
        )
    if unit.polarity:
        labels.append(POLARITY_NAMES.get(unit.polarity.label, unit.polarity.label))
    labels += [theme.label for theme in unit.themes[:1]]
    said = f" — proposé\u00a0: {escape(', '.join(labels))}" if labels else ""
    return f"<blockquote><p>{escape(text)}</p><footer>{escape(unit.id)}{said}</footer></blockquote>"


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
    note = f"<p>Les nombres de 1 à {threshold - 1} ne sont pas publiés (n. p.), ni ceux qui les feraient deviner.</p>"
    return _section("voix", "Qui s’exprime", _wide("voix", table) + (note if threshold > 1 else ""))


def _campaigns(summary: Summary) -> str:
    if not summary.campaigns:
        return ""
    rows = "".join(
        f"<tr><td>{escape(text)}</td>{_cells(copies, people)}</tr>"
        for text, copies, people in summary.campaigns
    )
    table = (
        "<table><caption>Chaque texte ne compte qu’une fois dans «\u00a0sans les copies\u00a0»</caption><thead><tr>"
        f"{_heads('Texte', numeric=False)}{_heads('Envois', 'Personnes')}</tr></thead><tbody>{rows}</tbody></table>"
    )
    return _section("copies", "Textes envoyés plusieurs fois", table)


def _outliers(summary: Summary) -> str:
    alone = [unit for unit in summary.analysis.units if not unit.group]
    if not alone:
        return ""
    shown = "".join(_quote(unit, summary.text_of(unit)) for unit in alone[:200])
    first = " (les 200 premières)" if len(alone) > 200 else ""
    return _section(
        "isolees",
        "Remarques isolées",
        f"<p>{number(len(alone))} remarques ne ressemblent à aucune autre. Elles ne sont ni forcées dans un groupe, ni "
        f"écartées.</p><details><summary>Les lire{first}</summary>{shown}</details>",
    )


def _method(summary: Summary) -> str:
    method = summary.analysis.method
    facts = {
        "Traits du texte": f"{method.vectoriser} {method.version}", "Graine": str(method.seed),
        "Empreinte des données": method.input_digest, **{key: str(value) for key, value in method.parameters.items()},
        **dict(method.libraries),
    }  # fmt: skip
    rows = "".join(f'<tr><th scope="row">{escape(k)}</th><td>{escape(v)}</td></tr>' for k, v in facts.items())
    sent_to = method.parameters.get("sent_to")
    where = ELSEWHERE.format(escape(str(sent_to))) if sent_to else HERE
    return _section(
        "methode",
        "Comment ce rapport est fait",
        f"<p>{where}{METHOD}</p><table><caption>De quoi refaire cette analyse</caption><tbody>{rows}</tbody></table>",
    )
