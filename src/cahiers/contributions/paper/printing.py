"""Forms as tagged PDF files (PDF/UA-1) to print: numbered sheets, each with its address and its stub."""

import json
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib import resources
from typing import Any, Final

import typst
from django.utils import translation
from django.utils.translation import gettext as _

from cahiers.contributions.models import Form, FormKind, PaperSheet, Question, QuestionType
from cahiers.contributions.sheets import HEADINGS
from cahiers.ui.qr import qr_svg
from cahiers.ui.templatetags.ui import unbroken

#: Lines to write on under a question.
LINES: Final = 6

Part = dict[str, Any]


@translation.override("fr")
def pdf(form: Form, sheets: Sequence[tuple[PaperSheet, str]], address: Callable[..., str]) -> bytes:
    """Sheets with the tokens of their receipts, in the language of documents.

    `address` makes a whole address of a page's name and its arguments.
    """
    told = {
        "title": unbroken(form.title),
        "consultation": unbroken(form.consultation.title),
        "intro": unbroken(form.intro),
        "notice": unbroken(form.parental_notice),
        "parts": list(parts(form)),
        "words": _words(),
        "privacy": address("privacy"),
        "sheets": [
            {
                "number": str(sheet.number),
                "address": address("paper_sheet", sheet.code),
                "qr": qr_svg(address("paper_sheet", sheet.code)),
                "receipt": address("receipt", token),
                "receipt_qr": qr_svg(address("receipt", token)),
            }
            for sheet, token in sheets
        ],
    }
    made = typst.compile(
        _layout(),
        format="pdf",
        font_paths=_fonts(),
        sys_inputs={"form": json.dumps(told, ensure_ascii=False)},
        pdf_standards=["ua-1"],
    )
    assert isinstance(made, bytes)
    return made


def _words() -> dict[str, str]:
    return {
        "sheet": _("Fiche n°"),
        "online": _("Vous pouvez aussi répondre en ligne :"),
        "nobody": _("N’écrivez ni votre nom ni celui de personne."),
        "kept": _(
            "Vos mots sont gardés jusqu’à ce que vous demandiez leur effacement ; les autres réponses disent qui a"
            " parlé, et d’où. Qui en répond, pourquoi, combien de temps et quels sont vos droits :"
        ),
        "stub": _("À détacher et à garder"),
        "receipt": _(
            "Votre reçu, à vous seul : une fois la fiche saisie, cette adresse permet de relire, de corriger, de"
            " retirer ou d’effacer ce que vous avez écrit."
        ),
    }


def parts(form: Form) -> Iterator[Part]:
    """What the sheet asks, in the order of the screen: a label, and boxes to tick or lines to write on."""
    method = form.consultation.method
    if form.kind == FormKind.SHORT:
        yield _boxes(_("C’est plutôt"), [column.label for column in method.stages[0].columns])
        yield _space(_("En une ou deux phrases"), LINES)
    elif form.kind == FormKind.SHEET:
        yield _space(_("Titre"), 1)
        for heading in HEADINGS:
            yield _space(str(heading.label), LINES - 3)
    else:
        for question in form.questions.all():
            if question.present:
                yield from _asked(question)
    asked = [one for one in method.categories if not form.categories or one.key in form.categories]
    yield _boxes(_("Vous êtes"), [one.short_label for one in asked])
    yield _space(_("Où ? Établissement, commune ou département"), 1)
    yield _boxes(
        _("Qui peut lire votre texte ?"),
        [_("Tout le monde, sans mon nom"), _("L’équipe de la concertation seule")],
    )


def _asked(question: Question) -> Iterator[Part]:
    if question.type == QuestionType.OPEN:
        yield _space(question.text, LINES, question.help)
    elif question.type == QuestionType.SCALE:
        first, last = [*question.options, "", ""][:2]
        steps = [str(step) for step in range(1, question.steps + 1)]
        steps[0], steps[-1] = f"{steps[0]} {first}".strip(), f"{steps[-1]} {last}".strip()
        yield _boxes(question.text, steps, question.help)
    elif question.type == QuestionType.MATRIX:
        yield _boxes(question.text, [], question.help)
        for line in question.lines:
            yield _boxes(f"– {line}", question.options)
    else:
        yield _boxes(question.text, question.options, question.help)


def _boxes(label: str, boxes: Sequence[str], help_text: str = "") -> Part:
    return {
        "label": unbroken(label),
        "help": unbroken(help_text),
        "boxes": [unbroken(one) for one in boxes],
        "lines": 0,
    }


def _space(label: str, lines: int, help_text: str = "") -> Part:
    return _boxes(label, (), help_text) | {"lines": lines}


@cache
def _layout() -> bytes:
    return resources.files(__package__).joinpath("sheet.typ").read_bytes()


@cache
def _fonts() -> typst.Fonts:
    """The fonts inside the typst package alone: the same sheet everywhere."""
    return typst.Fonts(include_system_fonts=False)
