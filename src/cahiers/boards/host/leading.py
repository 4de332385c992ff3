"""What the facilitator does for the whole room: theme, step, time, wall, votes, moderation, notes for others."""

from typing import Any
from uuid import uuid5

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cahiers.boards import paging, queries
from cahiers.boards.actions import counting, notes, running, taking
from cahiers.boards.commands import Refused, Write
from cahiers.boards.host import sheets
from cahiers.boards.host.asked import Asked, Done, Unclear
from cahiers.boards.models import Step

#: Notes that a scribe enters at once.
MOST_LINES = 60


def go_to(asked: Asked) -> Done:
    theme = asked.theme()
    stages = {stage.key: stage for stage in asked.board.notebook.consultation.method.stages}
    stage = asked.text("stage")
    if stage not in stages:
        raise Unclear("stage")
    running.go_to(
        board=asked.board, theme=theme, stage=stage, command=asked.command, by=asked.by, now=asked.now
    )
    return Done(
        said=_("La salle travaille sur « %(theme)s » : %(stage)s.")
        % {"theme": theme.title, "stage": stages[stage].title},
        anchor="etape",
    )


def set_step(asked: Asked) -> Done:
    try:
        step = Step(asked.text("step"))
    except ValueError:
        raise Unclear("step") from None
    round = asked.round()
    hid = round.revealed_at is None and step in running.SHOWN
    running.set_step(
        board=asked.board, round=round, step=step, command=asked.command, by=asked.by, now=asked.now
    )
    said = _("Les notes sont découvertes : tout le monde les voit.") if hid else ""
    return Done(said=said, anchor="etape")


def set_timer(asked: Asked) -> Done:
    """`minutes` of a new countdown, `more` minutes of the one that runs, or neither to stop it."""
    more, minutes = asked.number("more", 0), asked.number("minutes", 0)
    given: dict[str, Any] = {"board": asked.board, "command": asked.command, "by": asked.by, "now": asked.now}
    if more:
        running.lengthen(seconds=60 * more, **given)
    else:
        running.set_timer(seconds=60 * minutes or None, **given)
    return Done(anchor="etape")


def set_dots(asked: Asked) -> Done:
    dots = asked.number("dots")
    running.set_dots(
        board=asked.board,
        round=asked.round(),
        dots=dots,
        command=asked.command,
        by=asked.by,
        now=asked.now,
    )
    return Done(said=_("Le nombre de points par personne est changé."), anchor="etape")


def set_hiding(asked: Asked) -> Done:
    hides = asked.text("hides") == "1"
    running.set_hiding(board=asked.board, hides=hides, command=asked.command, by=asked.by, now=asked.now)
    said = (
        _("Les notes restent cachées jusqu’à ce que vous les découvriez.")
        if hides
        else _("Les notes se voient dès qu’elles sont écrites.")
    )
    return Done(said=said, anchor="etape")


def show_sheets(asked: Asked) -> Done:
    """Each `sheet` is a feedback sheet that may be shown here; none, to show the board again."""
    chosen = asked.uuids("sheet")
    if len(chosen) > running.SHEETS:
        return Done(refused=(_("Trois fiches à la fois, pas davantage."),), anchor="fiches")
    if sheets.showable(asked.board).filter(uuid__in=chosen).count() < len(set(chosen)):
        raise Unclear("sheet")
    running.show_sheets(board=asked.board, sheets=chosen, command=asked.command, by=asked.by, now=asked.now)
    said = (
        ngettext("La fiche est à l’écran.", "Les fiches sont à l’écran.", len(chosen))
        if chosen
        else _("L’écran montre de nouveau le tableau.")
    )
    return Done(said=said, anchor="fiches")


def turn_to(asked: Asked) -> Done:
    """`screen` is the one that the wall shows from now on; else the one where `row` begins."""
    screen = asked.number("screen", 0)
    if not screen:
        row, round = asked.row(), asked.round()
        screens = paging.screens_of(queries.rows_of(round))
        screen = next(
            (number for number, rows in enumerate(screens, 1) if any(one.row.pk == row.pk for one in rows)),
            0,
        )
        if not screen:
            raise Unclear("row")
    running.turn_to(board=asked.board, screen=screen, command=asked.command, by=asked.by, now=asked.now)
    return Done(anchor="tableau")


def hide(asked: Asked) -> Done:
    reason = asked.text("reason")
    if not reason:
        return Done(refused=(_("Dites pourquoi : la personne qui l’a écrite le lira."),))
    notes.hide(note=asked.note(), reason=reason[:300], command=asked.command, by=asked.by, now=asked.now)
    return Done(said=_("La note est masquée ; son auteur sait pourquoi."), anchor="caches")


def show(asked: Asked) -> Done:
    notes.show(note=asked.note(), command=asked.command, by=asked.by, now=asked.now)
    return Done(said=_("La note est de nouveau montrée."), anchor="caches")


def count_hands(asked: Asked) -> Done:
    counting.count_hands(
        board=asked.board,
        round=asked.round(),
        subject=asked.subject(),
        hands=asked.number("hands"),
        command=asked.command,
        by=asked.by,
        now=asked.now,
    )
    return Done(said=_("Les mains levées sont comptées."), anchor="mains")


def write_down(asked: Asked) -> Done:
    """Notes of people without a telephone, one a line, each for so many of them."""
    lines = [line.strip() for line in asked.text("text").splitlines() if line.strip()]
    if len(lines) > MOST_LINES:
        return Done(refused=(_("Soixante notes à la fois, pas davantage : rien n’a été écrit."),))
    round = asked.round()
    writes = [
        Write(
            command=uuid5(asked.command, str(place)),
            key=asked.key,
            round=round.uuid,
            kind=asked.text("kind"),
            text=line,
            row=asked.uuid("row") if asked.text("row") else None,
            category=asked.text("category"),
            stands_for=asked.number("stands_for", 1),
        )
        for place, line in enumerate(lines)
    ]
    outcomes = taking.take(board=asked.board, commands=writes, now=asked.now)
    refused = [
        _("« %(text)s » n’est pas écrite : %(why)s") % {"text": write.text, "why": outcome.sentence}
        for write, outcome in zip(writes, outcomes, strict=True)
        if isinstance(outcome, Refused)
    ]
    written = len(writes) - len(refused)
    said = _("Notes écrites : %d.") % written if written else ""
    return Done(said=said, refused=tuple(refused), anchor="ecrire")
