"""The report of an analysis, on a telephone and on a desk."""

from pathlib import Path

import pytest

from cahiers import cli

pytestmark = pytest.mark.browser

ADDRESS = "https://exemple.example/" + "sans/aucune/espace/" * 8
ON_SCREEN = """() => [...document.querySelectorAll("section[aria-labelledby=groupes] th[scope=col]")].map(
  head => head.closest(".scroll").getBoundingClientRect().right - head.getBoundingClientRect().right)"""


def test_words_that_cannot_be_cut_leave_everything_within_the_page(browser, tmp_path: Path) -> None:
    said = ["Trop de bruit dans la cantine", f"Voir {ADDRESS}", "Repeindre la salle de sport"]
    table, report = tmp_path / "avis.csv", tmp_path / "rapport.html"
    table.write_text("\n".join(["avis", *(f"{said[n % 3]} {n}" for n in range(30))]), encoding="utf-8")
    assert cli.main(["analyse", str(table), "--text", "avis", "--lexical", "--quiet", "-o", str(report)]) == 0
    for width in (360, 1280):
        page = browser.new_page(viewport={"width": width, "height": 900})
        page.goto(report.as_uri())
        for folded in page.locator("details").all():
            folded.evaluate("one => one.open = true")
        assert page.evaluate("document.documentElement.scrollWidth") == width
        if width == 1280:  # on a telephone the table scrolls by itself
            assert min(page.evaluate(ON_SCREEN)) >= -1
        page.close()
