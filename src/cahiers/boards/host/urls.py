"""Addresses of the run mode."""

from django.urls import path

from cahiers.boards import printing
from cahiers.boards.host import cards, commands, ending, views

RUN = "r/<str:code>/animer/"

urlpatterns = [
    path("<slug:consultation>/sessions/<int:number>/animer/", views.open_board, name="open_board"),
    path("r/<str:code>/tableau.pdf", printing.board_pdf, name="board_pdf"),
    path(RUN, views.run, name="run_board"),
    path(f"{RUN}clore/", ending.close, name="close_board"),
    path(f"{RUN}rouvrir/", views.reopen, name="reopen_board"),
    path(f"{RUN}inviter/", views.invite, name="invite_to_run"),
    path(f"{RUN}affiche/", views.poster, name="board_poster"),
    path(f"{RUN}exporter/<slug:format>", views.export, name="board_export"),
    path(f"{RUN}e/<slug:statement>/", cards.statement, name="run_card"),
    path(f"{RUN}l/<uuid:row>/", cards.row, name="run_row"),
    path(f"{RUN}notes/", cards.unseen, name="run_notes"),
    path(f"{RUN}n/<uuid:note>/", cards.note, name="run_note"),
    path(f"{RUN}<slug:word>/", commands.command_or_link, name="run_command"),
]
