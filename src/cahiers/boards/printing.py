"""The board on a sheet of A3: its rows and cards as everyone sees them, as a tagged PDF."""

import json
from importlib import resources
from typing import Any

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cahiers import __version__
from cahiers.boards import queries
from cahiers.boards.models import Board, Round
from cahiers.boards.queries import Card
from cahiers.documents.writers.pdf import breakable, compile_layout, forget
from cahiers.journal.queries import last_positions

#: Seconds that a print-out is kept: who has the code may ask for it, and it costs half a second of a processor.
KEPT = 3600


@require_safe
def board_pdf(request: HttpRequest, code: str) -> HttpResponse:
    """What the room works on or, with `?tout=1`, every round that was revealed."""
    board = queries.board_of_code(code)
    if board is None:
        raise Http404
    written = _kept(board, whole=request.GET.get("tout") == "1")
    name = f"{board.meeting.consultation.slug}-{board.code.lower()}.pdf"
    return HttpResponse(
        written,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}"', "Cache-Control": "private, no-cache"},
    )


def _kept(board: Board, *, whole: bool) -> bytes:
    """The print-out as it was last composed, where nothing has changed; one a board, so that few are kept."""
    # A closed board's notebook is edited in the consultation's stream.
    positions = last_positions((board.stream, board.notebook.stream))
    state = (__version__, sorted(positions.items()), board.round_id)
    key = f"board-pdf:{board.pk}:{whole:d}:{get_language()}"
    kept: tuple[object, bytes] | None = cache.get(key)
    if kept is not None and kept[0] == state:
        return kept[1]
    written = pdf(board, whole=whole)
    cache.set(key, (state, written), KEPT)
    return written


def pdf(board: Board, *, whole: bool) -> bytes:
    layout = resources.files(__package__).joinpath("board.typ").read_bytes()
    written = compile_layout(layout, json.dumps(drawn(board, whole=whole), ensure_ascii=False))
    forget()
    return written


def drawn(board: Board, *, whole: bool) -> dict[str, Any]:
    """All that stands on the sheet."""
    rounds = [_round(board, round) for round in _rounds(board, whole=whole)]
    method = board.notebook.consultation.method
    return {
        "title": str(board.meeting),
        "lang": (get_language() or "fr")[:2],
        "consultation": board.notebook.consultation.title,
        "code": board.code,
        "empty": _("Rien n’est encore découvert."),
        "unnamed": _("Ligne sans nom"),
        "inbox": _("À regrouper"),
        "stressed": method.legend or "",
        # All of them: a sheet for each that has something on it.
        "rounds": [round for round in rounds if round["rows"] or not whole],
    }


def _rounds(board: Board, *, whole: bool) -> list[Round]:
    rounds = board.rounds.select_related("theme__notebook__consultation", "inbox")
    if not whole:
        rounds = rounds.filter(uuid=board.round.uuid) if board.round else rounds.none()
    keys = [stage.key for stage in board.notebook.consultation.method.stages]
    return sorted(rounds, key=lambda round: (round.theme.order, keys.index(round.stage)))


def _round(board: Board, round: Round) -> dict[str, Any]:
    stage = board.notebook.consultation.method.stage(round.stage)
    return {
        "theme": round.theme.title,
        "stage": stage.title,
        "columns": [column.plural for column in stage.columns],
        "rows": [
            {
                "name": row.row.name or "",
                "inbox": row.inbox,
                "dots": _dots(row.dots),
                "cells": [[_card(card) for card in column.cards] for column in row.columns],
            }
            for row in queries.rows_of(round)
            if row.cards
        ],
    }


def _card(card: Card) -> dict[str, Any]:
    voices = ngettext("%d voix", "%d voix", card.voices) % card.voices if card.voices > 1 else ""
    late = _("arrivée après coup") if card.late else ""
    said = [part for part in (voices, _dots(card.dots), late) if part]
    return {"text": breakable(card.text), "stressed": card.emphasised, "said": " · ".join(said)}


def _dots(dots: int) -> str:
    return ngettext("%d point", "%d points", dots) % dots if dots else ""
