"""Addresses of what organisers set."""

from django.urls import path

from cahiers.consultations.organising import places, subjects, views

urlpatterns = [
    path("compte/concertations/ajouter/", views.create, name="new_consultation"),
    path("<slug:consultation>/reglages/", views.settings, name="settings"),
    path("<slug:consultation>/reglages/etapes/", views.windows, name="windows"),
    path("<slug:consultation>/reglages/publier/", views.publish, name="publish_consultation"),
    path("<slug:consultation>/reglages/retirer/", views.withdraw, name="withdraw_consultation"),
    path("<slug:consultation>/reglages/territoires/", places.consulted, name="consulted"),
    path("<slug:consultation>/reglages/territoires/ajouter/", places.consult, name="consult"),
    path("<slug:consultation>/reglages/territoires/retirer/", places.dismiss, name="no_longer_consult"),
    path("<slug:consultation>/reglages/themes/", subjects.themes, name="themes"),
    path("<slug:consultation>/reglages/themes/ajouter/", subjects.add, name="add_theme"),
    path("<slug:consultation>/reglages/themes/<slug:theme>/", subjects.edit, name="edit_theme"),
    path("<slug:consultation>/reglages/themes/<slug:theme>/supprimer/", subjects.delete, name="delete_theme"),
]
