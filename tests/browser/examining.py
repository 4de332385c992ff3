"""What any page that people are shown must pass: axe-core finds nothing wrong, and nothing overflows."""

import json
from pathlib import Path

import pytest

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
needs_axe = pytest.mark.skipif(not AXE.exists(), reason="axe-core is absent: npm ci installs it")

#: 320 CSS pixels are also what is left of 1280 at 400 % zoom.
NARROW = {"width": 320, "height": 800}
PHONE = {"width": 360, "height": 800}
SCREEN = {"width": 1280, "height": 800}
#: Colours do not depend on widths: two pairs show both of each.
LOOKS = ((NARROW, "dark"), (SCREEN, "light"))

#: Every rule of WCAG 2.2 AA and of axe's good practice.
RULES = json.dumps(
    {
        "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
        "resultTypes": ["violations"],
    }
)
#: Rules that colours and widths change; the others say the same of a page however it looks.
OF_LOOKS = json.dumps(
    {"runOnly": ["color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size"]}
)


def violations(page, rules: str = RULES) -> list[str]:
    """As "rule: element", once the page is there; none where axe-core is absent."""
    if not AXE.exists():
        return []
    page.wait_for_load_state()
    if not page.evaluate("'axe' in window"):
        # Evaluated rather than added as a script element, which the content security policy rightly refuses.
        page.evaluate(AXE.read_text())
    found = page.evaluate(f"async () => (await axe.run(document, {rules})).violations")
    return [f"{rule['id']}: {node['html']}" for rule in found for node in rule["nodes"]]


def fits(page) -> bool:
    page.wait_for_load_state()
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def examine(page, looks=LOOKS) -> None:
    """On a telephone at night and on a screen by day, which the page then stays on."""
    for viewport, scheme in looks:
        page.set_viewport_size(viewport)
        page.emulate_media(color_scheme=scheme)
        assert fits(page), f"{page.url}, {viewport['width']}"
        assert violations(page) == [], f"{page.url}, {scheme}"


def examine_as_it_is(page) -> None:
    """At the width that it has, by night and then by day."""
    assert fits(page), page.url
    for scheme, rules in (("dark", OF_LOOKS), ("light", RULES)):
        page.emulate_media(color_scheme=scheme)
        assert violations(page, rules) == [], f"{page.url}, {scheme}"
