"""Addresses of live meetings."""

from django.urls import URLPattern, URLResolver, include, path

from cahiers.boards.host.views import open_board
from cahiers.boards.printing import board_pdf
from cahiers.boards.room import views as room

BOARD: list[URLPattern | URLResolver] = [
    path("", room.participant, name="board"),
    path("rejoindre/", room.join, name="join_board"),
    path("envoi/", room.send, name="send_to_board"),
    path("notes/", room.own_notes, name="own_notes"),
    path("notes/<uuid:note>/", room.own_note, name="own_note"),
    path("suivre/", room.observer, name="observe_board"),
    path("ecran/", room.screen, name="board_screen"),
    path("tableau.pdf", board_pdf, name="board_pdf"),
    path("animer/", include("cahiers.boards.host.urls")),
]

urlpatterns = [
    path("r/", room.enter, name="enter_board"),
    path("r/<str:code>/", include(BOARD)),
    path("<slug:consultation>/sessions/<int:number>/animer/", open_board, name="open_board"),
]
