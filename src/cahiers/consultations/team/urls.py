"""Addresses of teams."""

from django.urls import path

from cahiers.consultations.team import views

urlpatterns = [
    path("compte/supprimer/", views.delete_account, name="delete_account"),
    path("<slug:consultation>/equipe/", views.team, name="team"),
    path("<slug:consultation>/equipe/inviter/", views.invite, name="invite"),
    path("<slug:consultation>/equipe/<uuid:membership>/", views.member, name="member"),
    path("<slug:consultation>/equipe/<uuid:membership>/renvoyer/", views.invite_again, name="invite_again"),
    path("<slug:consultation>/equipe/<uuid:membership>/retirer/", views.dismiss, name="dismiss"),
]
