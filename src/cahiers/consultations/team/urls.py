"""Addresses of teams."""

from django.urls import include, path

from cahiers.consultations.team import views

#: Each tried only where the first words of the address are those of a team.
TEAM = [
    path("", views.team, name="team"),
    path("inviter/", views.invite, name="invite"),
    path("<uuid:membership>/", views.member, name="member"),
    path("<uuid:membership>/renvoyer/", views.invite_again, name="invite_again"),
    path("<uuid:membership>/retirer/", views.dismiss, name="dismiss"),
]

urlpatterns = [
    path("compte/supprimer/", views.delete_account, name="delete_account"),
    path("<slug:consultation>/equipe/", include(TEAM)),
]
