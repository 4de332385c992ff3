"""Addresses of the run mode."""

from django.urls import path

from cahiers.boards.host import cards, commands, ending, views

urlpatterns = [
    path("", views.run, name="run_board"),
    path("clore/", ending.close, name="close_board"),
    path("rouvrir/", views.reopen, name="reopen_board"),
    path("inviter/", views.invite, name="invite_to_run"),
    path("affiche/", views.poster, name="board_poster"),
    path("exporter/<slug:format>", views.export, name="board_export"),
    path("e/<slug:statement>/", cards.statement, name="run_card"),
    path("l/<uuid:row>/", cards.row, name="run_row"),
    path("notes/", cards.unseen, name="run_notes"),
    path("n/<uuid:note>/", cards.note, name="run_note"),
    path("<slug:word>/", commands.command_or_link, name="run_command"),
]
