"""The report as one self-contained page: no script, no outside request, readable by a screen reader and on paper."""

from html import escape
from typing import IO

from cahiers.textkit.counts import Cell
from cahiers.textkit.model import Unit
from cahiers.textkit.reports.figure import figure
from cahiers.textkit.reports.summary import KIND_NAMES, POLARITY_NAMES, Line, Summary, Voices

STYLE = """
:root{color-scheme:light dark;--ink:#1b1b1f;--paper:#fff;--soft:#f2f2f5;--line:#c6c6cf;--accent:#1f4e8c}
@media (prefers-color-scheme:dark){:root{--ink:#ececf1;--paper:#17171b;--soft:#24242a;--line:#4a4a55;--accent:#9cc2f5}}
body{font:1rem/1.55 system-ui,sans-serif;color:var(--ink);background:var(--paper);max-width:62rem;margin:0 auto;padding:1rem}
h1,h2,h3{line-height:1.25}h2{margin-top:2.5rem;border-bottom:1px solid var(--line)}a{color:var(--accent)}
a:focus,summary:focus,[tabindex]:focus{outline:3px solid var(--accent);outline-offset:2px}
.skip{position:absolute;left:-99rem}.skip:focus{left:1rem}
table{border-collapse:collapse;width:100%;margin:1rem 0}caption{text-align:left;font-weight:600;padding:.3rem 0}
th,td{border:1px solid var(--line);padding:.35rem .5rem;text-align:left;vertical-align:top}
thead th{background:var(--soft)}td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}
.scroll{overflow-x:auto}blockquote{margin:.4rem 0;padding:.2rem .8rem;border-left:3px solid var(--line)}
blockquote footer{font-size:.85rem;opacity:.85}.figures{display:flex;flex-wrap:wrap;gap:1rem;padding:0;list-style:none}
.figures li{background:var(--soft);padding:.6rem 1rem;min-width:8rem}.figures b{display:block;font-size:1.5rem}
svg{width:100%;height:auto;background:var(--soft)}svg text{fill:var(--ink);font:600 13px system-ui,sans-serif}
svg circle{fill:var(--accent);fill-opacity:.3;stroke:var(--accent)}
@media print{a{color:inherit}.skip{display:none}details{display:block}}
"""


def write(summary: Summary, stream: IO[str]) -> None:
    """UTF-8; whatever people wrote is escaped."""
    body = "".join(
        (
            _figures(summary), _drift(summary), _overview(summary), figure(summary), _groups(summary),
            _voices(summary.voices, summary.threshold), _campaigns(summary), _outliers(summary), _method(summary),
        )
    )  # fmt: skip
    stream.write(
        f'<!doctype html>\n<html lang="fr"><head><meta charset="utf-8"><title>{escape(summary.title)}</title>'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f'<style>{STYLE}</style></head><body><a class="skip" href="#contenu">Aller au contenu</a>'
        f'<header><h1>{escape(summary.title)}</h1></header><main id="contenu">{body}</main></body></html>\n'
    )


def number(value: Cell) -> str:
    """French thousands; a withheld number says so in words, for those who do not see the dash."""
    if value is None:
        return '<abbr title="moins que le seuil, non publié">n. p.</abbr>'
    return f"{value:,}".replace(",", "\u202f")


def _figures(summary: Summary) -> str:
    counts = summary.analysis.counts
    alone = len(summary.analysis.outliers)
    pairs: list[tuple[str, Cell]] = [
        ("personnes distinctes", summary.people), ("remarques", counts.remarks), ("remarques sans les copies", counts.distinct),
        ("rencontres", counts.meetings), ("remarques non signées", counts.unsigned), ("groupes", len(summary.lines)),
        ("remarques isolées", alone),
    ]  # fmt: skip
    items = "".join(f"<li><b>{number(value)}</b> {label}</li>" for label, value in pairs)
    return f'<section aria-labelledby="chiffres"><h2 id="chiffres">Combien</h2><ul class="figures">{items}</ul></section>'


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
        f'<td class="n">{number(line.people)}</td><td class="n">{number(line.group.counts.remarks)}</td>'
        f'<td class="n">{number(line.group.counts.distinct)}</td><td class="n">{number(line.group.counts.meetings)}</td>'
        f"<td>{escape(_kinds(line))}</td></tr>"
        for n, line in enumerate(summary.lines, start=1)
    )
    heads = ("Personnes", "Remarques", "Sans les copies", "Rencontres")
    return (
        '<section aria-labelledby="groupes"><h2 id="groupes">Les groupes</h2><div class="scroll" tabindex="0" role="region" '
        'aria-labelledby="groupes"><table><caption>Groupes de remarques, du plus nourri au moins nourri</caption><thead><tr>'
        '<th scope="col">N°</th><th scope="col">Groupe</th>'
        + "".join(f'<th scope="col" class="n">{head}</th>' for head in heads)
        + f'<th scope="col">Nature proposée</th></tr></thead><tbody>{rows}</tbody></table></div></section>'
    )


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
        parts.append(
            f'<article aria-labelledby="g{n}"><h3 id="g{n}">{n}. {escape(group.name)}{state}</h3>'
            f"<p>«\u00a0{escape(group.sentence)}\u00a0»</p><p>Mots distinctifs\u00a0: {terms}</p>"
            f"<h4>Au plus près du centre</h4>{central}{more}</article>"
        )
    return f'<section aria-labelledby="paroles"><h2 id="paroles">Les paroles</h2>{"".join(parts)}</section>'


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
    heads = "".join(f'<th scope="col" class="n">{escape(category)}</th>' for category in voices.categories)
    rows = "".join(
        f'<tr><th scope="row">{escape(name)}</th>{"".join(f"<td class=n>{number(cell)}</td>" for cell in cells)}</tr>'
        for name, cells in voices.rows
    )
    note = f"<p>Les nombres de 1 à {threshold - 1} ne sont pas publiés (n. p.), ni ceux qui les feraient deviner.</p>"
    return (
        '<section aria-labelledby="voix"><h2 id="voix">Qui s’exprime</h2><div class="scroll" tabindex="0" role="region" '
        f'aria-labelledby="voix"><table><caption>{unit}, par groupe et par «\u00a0{escape(voices.column)}\u00a0»</caption>'
        f'<thead><tr><th scope="col">Groupe</th>{heads}</tr></thead><tbody>{rows}</tbody></table></div>'
        f"{note if threshold > 1 else ''}</section>"
    )


def _campaigns(summary: Summary) -> str:
    if not summary.campaigns:
        return ""
    rows = "".join(
        f'<tr><td>{escape(text)}</td><td class="n">{number(copies)}</td><td class="n">{number(people)}</td></tr>'
        for text, copies, people in summary.campaigns
    )
    return (
        '<section aria-labelledby="copies"><h2 id="copies">Textes envoyés plusieurs fois</h2><table><caption>Chaque texte '
        'ne compte qu’une fois dans «\u00a0sans les copies\u00a0»</caption><thead><tr><th scope="col">Texte</th>'
        '<th scope="col" class="n">Envois</th><th scope="col" class="n">Personnes</th></tr></thead>'
        f"<tbody>{rows}</tbody></table></section>"
    )


def _outliers(summary: Summary) -> str:
    alone = [unit for unit in summary.analysis.units if not unit.group]
    if not alone:
        return ""
    shown = "".join(_quote(unit, summary.text_of(unit)) for unit in alone[:200])
    return (
        f'<section aria-labelledby="isolees"><h2 id="isolees">Remarques isolées</h2><p>{number(len(alone))} remarques ne '
        "ressemblent à aucune autre. Elles ne sont ni forcées dans un groupe, ni écartées.</p>"
        f"<details><summary>Les lire{' (les 200 premières)' if len(alone) > 200 else ''}</summary>{shown}</details></section>"
    )


def _method(summary: Summary) -> str:
    method = summary.analysis.method
    facts = {
        "Traits du texte": f"{method.vectoriser} {method.version}", "Graine": str(method.seed),
        "Empreinte des données": method.input_digest, **{key: str(value) for key, value in method.parameters.items()},
        **dict(method.libraries),
    }  # fmt: skip
    rows = "".join(f'<tr><th scope="row">{escape(k)}</th><td>{escape(v)}</td></tr>' for k, v in facts.items())
    return (
        '<section aria-labelledby="methode"><h2 id="methode">Comment ce rapport est fait</h2><p>Les remarques sont '
        "rapprochées par leurs mots et leurs tournures, sur cette machine, sans que rien n’en sorte. Les groupes, leurs noms, "
        "les natures et les thèmes sont des propositions\u00a0: des personnes les valident, les renomment, les fusionnent ou "
        "les scindent. Les noms reprennent les mots des participants. Les personnes, les remarques et les rencontres sont "
        "trois nombres différents. Les mêmes données, avec la même graine, donnent le même rapport.</p>"
        f"<table><caption>De quoi refaire cette analyse</caption><tbody>{rows}</tbody></table></section>"
    )
