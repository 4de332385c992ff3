"""Writes one accessible page that needs nothing else: no script, no request, its style inside."""

import base64
import hashlib
from collections.abc import Iterable, Iterator
from functools import cache
from html import escape
from importlib.resources import files
from typing import BinaryIO

from cahiers.documents.model import Feedback, Item, Meeting, Participant, Row, Synthesis, ThemeBlock
from cahiers.documents.normal import is_link, normalise
from cahiers.documents.session_form import FORMATS
from cahiers.documents.writers.wording import facilitator, feedback_title, meeting_days, theme_title
from cahiers.methods import Method, Stage

#: What shows emphasis to those who see no colour, and what tells it to those who see nothing.
MARK = '<span aria-hidden="true">★ </span><span class="hidden">Particulièrement souligné : </span>'


class HtmlWriter:
    """Writes HTML in the order of the official document."""

    name = "html"
    extension = "html"
    media_type = "text/html"

    def write(self, synthesis: Synthesis, method: Method, stream: BinaryIO) -> None:
        stream.write("\n".join(_page(normalise(synthesis), method)).encode())


@cache
def _style() -> tuple[str, str]:
    """The style sheet, and the hash by which the page's own policy allows it."""
    css = files("cahiers.documents.writers").joinpath("page.css").read_text(encoding="utf-8")
    return css, base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()


def _page(synthesis: Synthesis, method: Method) -> Iterator[str]:
    css, digest = _style()
    consultation = synthesis.consultation or method.title
    title = f"{synthesis.territory} – {consultation}" if synthesis.territory else consultation
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    yield '<!DOCTYPE html>\n<html lang="fr">\n<head>\n<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{escape(title)}</title>\n<style>{css}</style>\n</head>\n<body>"
    yield '<a class="skip" href="#contenu">Aller au contenu</a>'
    yield f"<header>\n{_text('h1', consultation)}"
    if synthesis.territory:
        yield _text("p", f"Territoire : {synthesis.territory}")
    yield "</header>"
    yield from _contents(synthesis, method)
    yield '<main id="contenu" tabindex="-1">'
    if method.legend:
        yield f'<p class="legend">{escape(method.legend)} (★)</p>'
    for number, meeting in enumerate(synthesis.meetings, start=1):
        yield from _session(number, meeting, method)
    for number, theme in enumerate(synthesis.themes, start=1):
        yield from _theme(number, theme, method)
    yield "</main>\n</body>\n</html>\n"


def _text(tag: str, text: str, attributes: str = "") -> str:
    """An element that holds a text; its direction is the text's own."""
    return f'<{tag}{attributes} dir="auto">{escape(text)}</{tag}>'


def _contents(synthesis: Synthesis, method: Method) -> Iterator[str]:
    entries = [
        *((f"session-{i}", _session_title(form)) for i, form in enumerate(synthesis.meetings, start=1)),
        *((f"theme-{i}", theme_title(theme, method)) for i, theme in enumerate(synthesis.themes, start=1)),
    ]
    if entries:
        yield '<nav aria-labelledby="sommaire">\n<h2 id="sommaire">Sommaire</h2>\n<ol>'
        for target, title in entries:
            yield f'<li><a href="#{target}" dir="auto">{escape(title)}</a></li>'
        yield "</ol>\n</nav>"


def _session_title(meeting: Meeting) -> str:
    return f"Session : {meeting.label or 'sans nom'}"


def _session(number: int, meeting: Meeting, method: Method) -> Iterator[str]:
    yield f'<section class="session" id="session-{number}" aria-labelledby="session-{number}-titre">'
    yield _text("h2", _session_title(meeting), f' id="session-{number}-titre"')
    people = [facilitator(person) for person in meeting.facilitators]
    if meeting.facilitators_note:
        people.append(meeting.facilitators_note)
    lines = (
        (method.territory_heading, [meeting.label]),
        ("Dates et lieux", meeting_days(meeting)),
        ("Format", [FORMATS[meeting.format] if meeting.format else ""]),
        ("Animation", people),
    )
    yield from _table_start(f"session-{number}", f"session-{number}-fiche", "Fiche de la session")
    yield "<tbody>"
    for label, texts in lines:
        yield f'<tr><th scope="row">{escape(label)}</th><td>{_list(texts)}</td></tr>'
    yield "</tbody>\n</table>\n</div>"
    if meeting.participants:
        yield from _attendance(number, meeting.participants)
    yield "</section>"


def _attendance(number: int, lines: Iterable[Participant]) -> Iterator[str]:
    yield from _table_start(
        f"session-{number}", f"session-{number}-participants", "Participants à la session"
    )
    headings = ("Catégorie", "Case cochée", "Participants", "Établissements", "Dont enquête", "Précision")
    yield _head(headings)
    yield "<tbody>"
    for line in lines:
        numbers = (line.count, line.establishments, line.surveyed)
        cells = "".join(f'<td class="number">{"" if n is None else n}</td>' for n in numbers)
        ticked = "☒ oui" if line.checked else "☐ non"
        label, note = _text("th", line.label, ' scope="row"'), _text("td", line.note or "")
        yield f"<tr>{label}<td>{ticked}</td>{cells}{note}</tr>"
    yield "</tbody>\n</table>\n</div>"


def _table_start(section: str, name: str, caption: str) -> Iterator[str]:
    """A table that scrolls sideways on narrow screens, by keyboard too; called after its section and its caption."""
    labels = f"{section}-titre {name}"
    yield f'<div class="scroll" role="region" aria-labelledby="{labels}" tabindex="0">\n<table>'
    yield f'<caption id="{name}">{escape(caption)}</caption>'


def _head(headings: Iterable[str]) -> str:
    cells = "".join(f'<th scope="col">{escape(heading)}</th>' for heading in headings)
    return f"<thead><tr>{cells}</tr></thead>"


def _list(texts: Iterable[str]) -> str:
    """Texts as they are where there is one, as a list where there are several."""
    found = [text for text in texts if text]
    if len(found) == 1:
        return _text("span", found[0])
    return f"<ul>{''.join(_text('li', text) for text in found)}</ul>" if found else ""


def _theme(number: int, theme: ThemeBlock, method: Method) -> Iterator[str]:
    yield f'<section class="theme" id="theme-{number}" aria-labelledby="theme-{number}-titre">'
    yield _text("h2", theme_title(theme, method), f' id="theme-{number}-titre"')
    section = 0
    if method.feedback:
        section += 1
        yield _text("h3", f"{section}. {method.feedback.title}")
        for sheet in theme.feedback:
            yield from _feedback(sheet, method)
    for index, stage in enumerate(method.stages):
        opens = not (index == 0 and method.feedback and stage.cites_feedback)
        section += opens
        yield _text("h3" if opens else "h4", f"{section}. {stage.title}" if opens else stage.title)
        yield from _stage(f"theme-{number}", theme, stage, method)
    yield "</section>"


def _feedback(sheet: Feedback, method: Method) -> Iterator[str]:
    yield f'<article class="sheet">{_text("h4", feedback_title(sheet, method))}'
    for line in sheet.text.split("\n") if sheet.text else ():
        yield _text("p", line)
    if sheet.links:
        yield f"<ul>{''.join(f'<li>{_link(link)}</li>' for link in sheet.links)}</ul>"
    yield "</article>"


def _link(link: str) -> str:
    """A link that leads somewhere, or the text where it is no web address."""
    if not is_link(link):
        return _text("span", link)
    target = link if link.lower().startswith("http") else f"https://{link}"
    return f'<a href="{escape(target)}" rel="noreferrer" dir="auto">{escape(link)}</a>'


def _stage(section: str, theme: ThemeBlock, stage: Stage, method: Method) -> Iterator[str]:
    rows = theme.stages.get(stage.key, ())
    if not rows:
        yield "<p>Aucune ligne.</p>"
        return
    cited = stage.cites_feedback or any(row.feedback or row.feedback_text for row in rows)
    word = method.feedback.word if method.feedback else "RETEX"
    yield from _table_start(section, f"{section}-{stage.key}", stage.caption)
    headings = (column.heading for column in stage.columns)
    yield _head([method.theme_heading, *([word] if cited else []), *headings])
    yield "<tbody>"
    for row in rows:
        yield from _row(row, theme, stage, cited=cited)
    yield "</tbody>\n</table>\n</div>"


def _row(row: Row, theme: ThemeBlock, stage: Stage, *, cited: bool) -> Iterator[str]:
    name = f"<br>{_text('em', row.name)}" if row.name else ""
    yield f'<tr><th scope="row">{_text("span", row.theme_text or theme.title)}{name}</th>'
    if cited:
        yield f"<td>{_list((', '.join(map(str, row.feedback)), *row.feedback_text))}</td>"
    for kind in stage.kinds:
        items = "".join(map(_item, row.cells.get(kind, ())))
        yield f'<td>{f"""<ul class="items">{items}</ul>""" if items else ""}</td>'
    yield "</tr>"


def _item(item: Item) -> str:
    if item.emphasised:
        return f'<li dir="auto"><strong class="stress">{MARK}{escape(item.text)}</strong></li>'
    return _text("li", item.text)


WRITER = HtmlWriter()
