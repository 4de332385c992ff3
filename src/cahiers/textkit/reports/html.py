"""The report as one self-contained page: no script, no outside request, readable by a screen reader and on paper."""

from collections.abc import Iterable
from html import escape
from importlib.resources import files
from typing import IO

from cahiers.language import FRENCH, gettext_noop, grouped, labelled, ngettext, percent, quoted, spoken
from cahiers.language import gettext as _
from cahiers.textkit.counts import Cell
from cahiers.textkit.model import UNSURE, Unit
from cahiers.textkit.reports.figure import figure
from cahiers.textkit.reports.summary import (
    Summary,
    Voices,
    kind_name,
    kinds_told,
    method_facts,
    polarity_name,
)

HERE = gettext_noop(
    "Les remarques sont rapprochées par leurs mots et leurs tournures, sur cette machine, sans que rien n’en sorte."
)
ELSEWHERE = gettext_noop(
    "Les remarques sont rapprochées par leurs mots et leurs tournures, et par un modèle distant : leur texte a "
    "été envoyé à %(server)s."
)
METHOD = gettext_noop(
    "Les groupes, leurs noms, les natures et les thèmes sont des propositions : des personnes les valident, les "
    "renomment, les fusionnent ou les scindent. Les noms reprennent les mots des participants. Les personnes, les "
    "remarques et les rencontres sont trois nombres différents. Les mêmes données, avec la même graine, donnent le "
    "même rapport."
)


LONG = 400  # characters of a remark shown at once where it has more than twice as many
MOST_ALONE = 200  # remarks that stand alone, of those that the page shows


def write(summary: Summary, stream: IO[str]) -> None:
    """UTF-8; whatever people wrote is escaped."""
    body = "".join(
        (
            _figures(summary), _drift(summary), _overview(summary), figure(summary), _groups(summary),
            _voices(summary.voices, summary.threshold), _campaigns(summary), _outliers(summary), _method(summary),
        )
    )  # fmt: skip
    skip = _("Aller au contenu")
    style = files("cahiers.textkit.reports").joinpath("report.css").read_text(encoding="utf-8")
    stream.write(
        f'<!doctype html>\n<html lang="{spoken()}"><head><meta charset="utf-8"><title>{escape(summary.title)}</title>'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f'<style>{style}</style></head><body><a class="skip" href="#contenu">{skip}</a>'
        f'<header><h1>{escape(summary.title)}</h1></header><main id="contenu">{body}</main></body></html>\n'
    )


def number(value: Cell) -> str:
    """A withheld number says so in words, for those who do not know the sign."""
    if value is None:
        why, sign = _("moins que le seuil, non publié"), _("n. p.")
        return f'<abbr title="{why}">{sign}</abbr>'
    return grouped(value)


def theirs() -> str:
    """Attribute of an element that holds words of participants, which stay French; "" where all the page is."""
    return "" if spoken() == FRENCH else f' lang="{FRENCH}"'


def said(words: str) -> str:
    """The same within a sentence of ours."""
    return f"<span{theirs()}>{escape(words)}</span>" if theirs() else escape(words)


def _section(key: str, title: str, body: str) -> str:
    return f'<section aria-labelledby="{key}"><h2 id="{key}">{title}</h2>{body}</section>'


def _wide(key: str, table: str) -> str:
    """A table wider than a phone scrolls by itself, also from the keyboard."""
    return f'<div class="scroll" tabindex="0" role="group" aria-labelledby="{key}">{table}</div>'


def _table(caption: str, heads: str, rows: Iterable[str]) -> str:
    return f"<table><caption>{caption}</caption><thead><tr>{heads}</tr></thead><tbody>{''.join(rows)}</tbody></table>"


def _folded(title: str, body: str) -> str:
    """What is read on demand; nothing where there is nothing."""
    return f"<details><summary>{title}</summary>{body}</details>" if body else ""


def _cells(*values: Cell) -> str:
    return "".join(f'<td class="n">{number(value)}</td>' for value in values)


def _heads(*names: str, numeric: bool = True) -> str:
    kind = ' class="n"' if numeric else ""
    return "".join(f'<th scope="col"{kind}>{escape(name)}</th>' for name in names)


def _figures(summary: Summary) -> str:
    counts = summary.analysis.counts
    remarks, alone, groups = counts.distinct, len(summary.analysis.outliers), len(summary.lines)
    told: list[tuple[str, Cell]] = [
        (ngettext("%(n)s remarque", "%(n)s remarques", counts.remarks), counts.remarks),
        (ngettext("%(n)s remarque sans les copies", "%(n)s remarques sans les copies", remarks), remarks),
    ]
    # What the file has no column for is not told as nothing.
    if summary.signed:
        people = 2 if summary.people is None else summary.people  # withheld, they are several
        form = ngettext("%(n)s personne distincte", "%(n)s personnes distinctes", people)
        told.insert(0, (form, summary.people))
    if summary.signed and (unsigned := counts.unsigned):
        told.append(
            (ngettext("%(n)s remarque non signée", "%(n)s remarques non signées", unsigned), unsigned)
        )
    if meetings := counts.meetings:
        told.append((ngettext("%(n)s rencontre", "%(n)s rencontres", meetings), meetings))
    told.append((ngettext("%(n)s groupe", "%(n)s groupes", groups), groups))
    told.append((ngettext("%(n)s remarque isolée", "%(n)s remarques isolées", alone), alone))
    items = "".join(f"<li>{form % {'n': f'<b>{number(value)}</b>'}}</li>" for form, value in told)
    return _section("chiffres", _("Combien"), f'<ul class="figures">{items}</ul>')


def _drift(summary: Summary) -> str:
    drift = summary.analysis.drift
    if drift is None:
        return ""
    names = {group.key: group.name for group in summary.analysis.groups}

    def named(found: Iterable[str]) -> str:
        return ", ".join(quoted(said(name)) for name in found) or _("aucun")

    def known(keys: Iterable[str]) -> str:
        return named(names.get(key, key) for key in keys)

    facts = [
        (_("Remarques nouvelles"), number(drift.added)),
        (_("Remarques corrigées"), number(len(drift.corrected))),
        (_("Remarques retirées"), number(len(drift.removed_passages))),
        (_("Remarques déjà connues restées dans leur groupe"), percent(drift.kept_share, 1)),
        (_("Groupes nouveaux"), known(drift.created)), (_("Groupes disparus"), named(drift.vanished.values())),
        (_("Groupes devenus moins homogènes"), known(drift.loosened)),
    ]  # fmt: skip
    items = "".join(f"<li>{labelled(*fact)}</li>" for fact in facts)
    joined = "".join(
        f"<li>{labelled(said(names.get(key, key)), f'+{number(times)}')}</li>"
        for key, times in sorted(drift.joined.items(), key=lambda item: -item[1])
    )
    more = _folded(_("Remarques nouvelles, groupe par groupe"), f"<ul>{joined}</ul>" if joined else "")
    return _section("derive", _("Ce qui a changé depuis la fois précédente"), f"<ul>{items}</ul>{more}")


def _overview(summary: Summary) -> str:
    columns = [(line.people, line.group.counts) for line in summary.lines]
    heads = [_("Personnes")] * summary.signed + [_("Remarques"), _("Sans les copies")]
    heads += [_("Rencontres")] * bool(summary.analysis.counts.meetings)
    rows = []
    for n, (line, (people, counts)) in enumerate(zip(summary.lines, columns, strict=True), start=1):
        cells: list[Cell] = [people] * summary.signed + [counts.remarks, counts.distinct]
        cells += [counts.meetings] * bool(summary.analysis.counts.meetings)
        rows.append(
            f'<tr><td class="n">{n}</td><th scope="row"{theirs()}><a href="#g{n}">{escape(line.group.name)}</a>'
            f"<q>{escape(line.group.sentence)}</q></th>{_cells(*cells)}<td>{escape(kinds_told(line))}</td></tr>"
        )
    if not rows:
        none = _("Aucun : trop peu de remarques se ressemblent.")
        return _section("groupes", _("Les groupes"), f"<p>{none}</p>")
    table = _table(
        _("Groupes de remarques, du plus nourri au moins nourri"),
        _heads(_("N°"), _("Groupe"), numeric=False)
        + _heads(*heads)
        + _heads(_("Nature proposée"), numeric=False),
        rows,
    )
    return _section("groupes", _("Les groupes"), _wide("groupes", table))


def _groups(summary: Summary) -> str:
    parts, heading = [], _("Au plus près du centre")
    for n, line in enumerate(summary.lines, start=1):
        group = line.group
        central = "".join(_quote(summary, unit, text) for unit, text in line.central)
        edge = "".join(_quote(summary, unit, text) for unit, text in line.edge)
        more = _folded(_("En marge du groupe"), edge)
        terms = labelled(_("Mots distinctifs"), said(", ".join(group.terms)))
        words = f"<p>{terms}</p>" if group.terms else ""
        state = _(" (validé)") if group.validated else ""
        draft = labelled(_("Résumé rédigé par un modèle, à vérifier"), said(group.draft))
        parts.append(
            f'<article aria-labelledby="g{n}"><h3 id="g{n}">{n}. {said(group.name)}{state}</h3>'
            f"<p>{quoted(said(group.sentence))}</p>{words}"
            f"{f'<p>{draft}</p>' * bool(group.draft)}<h4>{heading}</h4>{central}{more}</article>"
        )
    sure = (
        _(
            "La nature proposée est suivie de la probabilité que le modèle lui donne. À moins de %(share)s, elle est "
            "dite incertaine, et les deux plus probables sont nommées."
        )
        % {"share": percent(UNSURE)}
        if any(line.kinds for line in summary.lines)
        else ""
    )
    note = f"<p>{sure}</p>" * bool(sure)
    return _section("paroles", _("Les paroles"), note + "".join(parts)) if parts else ""


def _quote(summary: Summary, unit: Unit, text: str) -> str:
    labels, either = [], _(" ou ")
    if unit.kind:
        named = [kind_name(kind.label) for kind in unit.kinds]
        sure = f"{named[0]} ({percent(unit.kinds[0].score)})"
        doubt = f"{kind_name('unsure')} ({either.join(named[:2])})"
        labels.append(doubt if unit.kind == "unsure" else sure)
    if unit.polarity:
        labels.append(polarity_name(unit.polarity.label))
    labels += [summary.themes.get(theme.label, theme.label) for theme in unit.themes[:1]]
    proposed = " — " + labelled(_("proposé"), escape(", ".join(labels))) if labels else ""
    told = _("n° %(id)s") % {"id": escape(unit.id)}
    return f"<blockquote>{_read(text)}<footer>{told}{proposed}</footer></blockquote>"


def _read(text: str) -> str:
    """What somebody wrote; the end of a long text is read on demand, and on paper."""
    end = text.find(" ", LONG) if len(text) > 2 * LONG else -1
    if end < 0:
        return f"<p{theirs()}>{escape(text)}</p>"
    return f"<div{theirs()}>{_folded(f'{escape(text[:end])}…', f'<p>…{escape(text[end:])}</p>')}</div>"


def _voices(voices: Voices | None, threshold: int) -> str:
    if voices is None:
        return ""
    caption = (
        _("Personnes distinctes, par groupe et par %(column)s")
        if voices.signed
        else _("Remarques (auteurs inconnus), par groupe et par %(column)s")
    )
    rows = (f'<tr><th scope="row">{escape(name)}</th>{_cells(*cells)}</tr>' for name, cells in voices.rows)
    table = _table(
        caption % {"column": quoted(escape(voices.column))},
        _heads(_("Groupe"), numeric=False) + _heads(*voices.categories),
        rows,
    )
    notes = []
    if threshold > 1:
        notes.append(
            _("Les nombres de 1 à %(most)s ne sont pas publiés (n. p.), ni ceux qui les feraient deviner.")
            % {"most": threshold - 1}
        )
    if voices.signed:
        notes.append(
            _("Une personne peut s’exprimer dans plusieurs groupes : les colonnes ne s’additionnent pas.")
        )
    told = f"<p>{' '.join(notes)}</p>" if notes else ""
    return _section("voix", _("Qui s’exprime"), _wide("voix", table) + told)


def _campaigns(summary: Summary) -> str:
    if not summary.campaigns:
        return ""
    rows = (
        f"<tr><td>{_read(text)}</td>{_cells(copies, *[people] * summary.signed)}</tr>"
        for text, copies, people in summary.campaigns
    )
    table = _table(
        _("Chaque texte ne compte qu’une fois dans « sans les copies »"),
        _heads(_("Texte"), numeric=False) + _heads(_("Envois"), *[_("Personnes")] * summary.signed),
        rows,
    )
    return _section("copies", _("Textes envoyés plusieurs fois"), _wide("copies", table))


def _outliers(summary: Summary) -> str:
    alone = [unit for unit in summary.analysis.units if not unit.group]
    if not alone:
        return ""
    shown = "".join(_quote(summary, unit, summary.text_of(unit)) for unit in alone[:MOST_ALONE])
    some = ngettext(
        "%(n)s remarque ne ressemble à aucune autre. Elle n’est ni forcée dans un groupe, ni écartée.",
        "%(n)s remarques ne ressemblent à aucune autre. Elles ne sont ni forcées dans un groupe, ni écartées.",
        len(alone),
    ) % {"n": number(len(alone))}
    to_read = _("Lire")
    if len(alone) > MOST_ALONE:
        to_read = _("Lire (les %(n)s premières)") % {"n": MOST_ALONE}
    return _section("isolees", _("Remarques isolées"), f"<p>{some}</p>{_folded(to_read, shown)}")


def _method(summary: Summary) -> str:
    method = summary.analysis.method
    rows = "".join(
        f'<tr><th scope="row">{escape(label)}</th><td>{escape(value)}</td></tr>'
        for label, value in method_facts(method)
    )
    sent_to = method.parameters.get("sent_to")
    where = _(ELSEWHERE) % {"server": escape(str(sent_to))} if sent_to else _(HERE)
    caption = _("De quoi refaire cette analyse")
    return _section(
        "methode",
        _("Comment ce rapport est fait"),
        f"<p>{where} {_(METHOD)}</p>"
        f'<table class="facts"><caption>{caption}</caption>'
        f"<tbody>{rows}</tbody></table>",
    )
