"""Files made for reading: csv, md and html."""

import base64
import csv
import hashlib
import io
import itertools
import re
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html
from markdown_it import MarkdownIt

from cahiers.documents.formats import Writer
from cahiers.documents.model import (
    Facilitator,
    Feedback,
    Item,
    Meeting,
    MeetingDate,
    Participant,
    Row,
    Synthesis,
    ThemeBlock,
)
from cahiers.documents.writers.csv import WRITER as CSV
from cahiers.documents.writers.html import WRITER as HTML
from cahiers.documents.writers.md import WRITER as MD
from cahiers.documents.writers.md import escaped
from cahiers.methods import Method, get, keys
from tests.documents.strategies import WORDS, lines, syntheses

METHOD = get("etats-generaux")
WRITERS = (CSV, MD, HTML)

SYNTHESIS = Synthesis(
    method="etats-generaux",
    consultation="L’école & le numérique",
    territory="Val d’Aube",
    meetings=(
        Meeting(
            label="Val d’Aube",
            dates_text=(),
            dates=(MeetingDate(start=date(2026, 10, 12), end=date(2026, 10, 13), place="Troyes"),),
            format="hybrid",
            facilitators=(Facilitator(name="Aline Ferrand", role="enseignante", note="le matin"),),
            participants=(
                Participant(
                    category="users", label="Usagers", checked=True, count=3, establishments=None, note="dont 1"
                ),
            ),
        ),
    ),
    themes=(
        ThemeBlock(
            key="access",
            number=1,
            title="Un accès pour tous",
            feedback=(Feedback(number=2, scope="Troyes", text="Un récit\nsa suite", links=("https://exemple.fr/a?b&c",)),),
            stages={
                "diagnosis": (
                    Row(
                        cells={"irritant": (Item(text="=1+1"), Item(text="Trop <lent>", emphasised=True))},
                        feedback=(2,),
                        feedback_text=("Un mot",),
                        name="Le soir",
                    ),
                )
            },
        ),
    ),
)  # fmt: skip


def written(writer: Writer, synthesis: Synthesis = SYNTHESIS, method: Method = METHOD) -> str:
    stream = io.BytesIO()
    writer.write(synthesis, method, stream)
    return stream.getvalue().decode()


def texts_of(synthesis: Synthesis) -> list[str]:
    """Every statement and every title."""
    found = [theme.title for theme in synthesis.themes]
    for theme in synthesis.themes:
        found += [
            item.text
            for rows in theme.stages.values()
            for row in rows
            for own in row.cells.values()
            for item in own
        ]
    return found


@pytest.mark.parametrize("writer", WRITERS, ids=lambda writer: writer.name)
@pytest.mark.parametrize("key", keys())
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_anything_is_written_in_the_same_bytes(writer: Writer, key: str, data: st.DataObject) -> None:
    synthesis = data.draw(syntheses(get(key)))
    assert written(writer, synthesis, get(key)) == written(writer, synthesis, get(key))


# csv


def csv_lines(text: str) -> list[dict[str, str]]:
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:], newline=""), delimiter=";"))


def test_csv_has_a_line_a_statement() -> None:
    first, second = csv_lines(written(CSV))
    assert first == {
        "Concertation": "L’école & le numérique",
        "Territoire": "Val d’Aube",
        "N° de la thématique": "1",
        "Clé de la thématique": "access",
        "Thématique": "Un accès pour tous",
        "Étape": "Diagnostic",
        "Ligne": "1",
        "Nom de la ligne": "Le soir",
        "Nature": "Irritant",
        "Position": "1",
        "Énoncé": "'=1+1",
        "Souligné": "non",
        "RETEX cités": "2",
        "Texte à la place des RETEX": "Un mot",
    }
    assert (second["Énoncé"], second["Souligné"], second["Position"]) == ("Trop <lent>", "oui", "2")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(syntheses(METHOD))
def test_no_csv_cell_is_a_formula_and_no_statement_is_lost(synthesis: Synthesis) -> None:
    found = csv_lines(written(CSV, synthesis))
    statements = [line["Énoncé"] for line in found]
    assert not any(value.startswith(("=", "+", "-", "@")) for line in found for value in line.values())
    expected = texts_of(synthesis)[len(synthesis.themes) :]
    neutral = [f"'{text}" if text.startswith(("=", "+", "-", "@")) else text for text in expected]
    assert sorted(statements) == sorted(neutral)


# md


def shown(markdown: str) -> str:
    """What a reader of the rendered Markdown sees, white space apart."""
    rendered: html.HtmlElement = html.fragment_fromstring(MarkdownIt().render(markdown), create_parent=True)
    return " ".join(str(rendered.text_content()).split())


@given(lines.map(lambda text: " ".join(text.split())).filter(bool))
@settings(max_examples=150)
def test_escaped_text_shows_as_it_was_written(text: str) -> None:
    assert MarkdownIt().render(f"- {escaped(text)}").startswith("<ul>\n<li>")
    for form in ("{}", "# {}", "- {}", "- **{}**", "1. {}"):
        markdown = form.format(escaped(text))
        assert shown(markdown) == text
        assert "<strong>" in MarkdownIt().render(markdown) or "**" not in form


@pytest.mark.parametrize("text", WORDS)
def test_lines_of_every_kind_stay_paragraphs(text: str) -> None:
    text = " ".join(text.split())
    assert MarkdownIt().render(escaped(text)).startswith("<p>")
    assert MarkdownIt().render(f"avant\n\n{escaped(text)}\n\naprès").count("<p>") == 3


def test_md_in_the_order_of_the_document() -> None:
    text = written(MD)
    places = [text.index(part) for part in (
        "# L’école \\& le numérique", "Territoire : Val d’Aube", "## Session : Val d’Aube",
        "- Du 12/10/2026 au 13/10/2026 : Troyes", "Format : Les 2", "- Aline Ferrand (le matin), enseignante",
        "- ☒ Usagers : 3 participants (dont 1)", "## THEMATIQUE N°1 : Un accès pour tous", "#### RETEX 2 (Troyes)",
        "Un récit\n\nsa suite", "- <https://exemple.fr/a?b&c>", "### Diagnostic", "#### Ligne 1 : Le soir",
        "- \\=1+1", "- **Trop \\<lent\\>**",
    )]  # fmt: skip
    assert places == sorted(places)


# html


def page(synthesis: Synthesis = SYNTHESIS, method: Method = METHOD) -> html.HtmlElement:
    return html.document_fromstring(written(HTML, synthesis, method))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(syntheses(METHOD))
def test_every_statement_stands_in_the_page(synthesis: Synthesis) -> None:
    found = page(synthesis)
    whole = " ".join(found.text_content().split())
    assert all(text in whole for text in texts_of(synthesis))
    assert not found.xpath("//script | //img | //iframe | //object | //link | //form | //@onclick | //@style")
    assert all(re.match(r"https?://|#", target) for target in found.xpath("//@href"))
    assert len(found.xpath("//@id")) == len(set(found.xpath("//@id")))


def test_page_is_structured_for_screen_readers() -> None:
    found = page()
    assert found.get("lang") == "fr"
    for landmark in ("header", "nav", "main"):
        assert len(found.xpath(f"//body/{landmark}")) == 1
    first = found.xpath("//body/*")[0]
    assert first.get("href") == "#contenu"
    assert found.xpath("//main")[0].get("id") == "contenu"
    assert len(found.xpath("//h1")) == 1
    targets = set(found.xpath("//@id"))
    assert {link.lstrip("#") for link in found.xpath("//a/@href[starts-with(., '#')]")} <= targets
    labels = found.xpath("//@aria-labelledby")
    assert {name for label in labels for name in label.split()} <= targets
    assert len(labels) == len(set(labels))
    for table in found.xpath("//table"):
        assert table.xpath("./caption")
        assert table.xpath(".//th")
        assert all(header.get("scope") in ("row", "col") for header in table.xpath(".//th"))
    levels = [int(heading.tag[1]) for heading in found.xpath("//h1 | //h2 | //h3 | //h4")]
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_emphasis_is_more_than_a_colour() -> None:
    (strong,) = page().xpath("//li/strong")
    assert strong.text_content() == "★ Particulièrement souligné : Trop <lent>"


def test_style_is_the_only_thing_that_the_policy_allows() -> None:
    found = page()
    policy = found.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    (style,) = found.xpath("//style")
    digest = base64.b64encode(hashlib.sha256(style.text.encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert "url(" not in style.text
    assert "@import" not in style.text


def test_links_lead_to_web_addresses_only() -> None:
    sheet = Feedback(
        number=1, scope=None, text="", links=("javascript:alert(1)", "www.exemple.fr", "HTTPS://exemple.fr")
    )
    theme = ThemeBlock(key=None, number=None, title="Un sujet", feedback=(sheet,), stages={})
    found = page(Synthesis(method="etats-generaux", territory=None, meetings=(), themes=(theme,)))
    assert found.xpath("//article//a/@href") == ["https://www.exemple.fr", "HTTPS://exemple.fr"]
