"""The map of groups: an SVG figure that the table of groups says again in words and numbers."""

from html import escape

from cahiers.language import gettext as _
from cahiers.language import grouped, labelled, ngettext
from cahiers.textkit.layout import ASPECT, radii
from cahiers.textkit.reports.summary import Summary

WIDTH, MARGIN = 960, 60
INNER = WIDTH - 2 * MARGIN
HEIGHT = round(INNER * ASPECT) + 2 * MARGIN


def figure(summary: Summary) -> str:
    """Circles numbered as in the table; area follows the number of distinct remarks."""
    if len(summary.lines) < 2:
        return ""
    sizes = [line.group.counts.distinct for line in summary.lines]
    circles = []
    for n, (line, radius) in enumerate(zip(summary.lines, radii(sizes), strict=True), start=1):
        x = MARGIN + line.group.position[0] * INNER
        y = MARGIN + line.group.position[1] * INNER * ASPECT
        distinct = line.group.counts.distinct
        told = ngettext("%(n)s remarque sans les copies", "%(n)s remarques sans les copies", distinct)
        label = labelled(f"{n}. {line.group.name}", told % {"n": grouped(distinct)})
        circles.append(
            f'<a href="#g{n}"><title>{escape(label)}</title>'
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius * INNER:.1f}"/>'
            f'<text x="{x:.1f}" y="{y + 4:.1f}" text-anchor="middle">{n}</text></a>'
        )
    title = _("La carte des groupes")
    legend = _(
        "Deux groupes proches parlent de choses proches. La surface d’un cercle suit le nombre de remarques sans les "
        "copies, et son numéro est celui du tableau ci-dessus."
    )
    return (
        f'<section aria-labelledby="carte"><h2 id="carte">{title}</h2><figure>'
        '<div class="scroll" tabindex="0" role="group" aria-labelledby="carte">'
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="group" aria-labelledby="carte carte-legende">'
        f"{''.join(circles)}</svg></div>"
        f'<figcaption id="carte-legende">{legend}</figcaption></figure></section>'
    )
