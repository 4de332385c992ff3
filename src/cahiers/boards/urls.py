"""Addresses of live meetings."""

from django.urls import include, path

from cahiers.boards.room import views as room

urlpatterns = [
    path("r/", room.enter, name="enter_board"),
    path("r/<str:code>/", room.participant, name="board"),
    path("r/<str:code>/rejoindre/", room.join, name="join_board"),
    path("r/<str:code>/envoi/", room.send, name="send_to_board"),
    path("r/<str:code>/suivre/", room.observer, name="observe_board"),
    path("r/<str:code>/ecran/", room.screen, name="board_screen"),
    path("", include("cahiers.boards.host.urls")),
]
