"""Addresses of what organisers set."""

from django.urls import include, path

from cahiers.consultations.organising import places, subjects, tree, views

SETTINGS = [
    path("", views.settings, name="settings"),
    path("etapes/", views.windows, name="windows"),
    path("publier/", views.publish, name="publish_consultation"),
    path("retirer/", views.withdraw, name="withdraw_consultation"),
    path("territoires/", places.consulted, name="consulted"),
    path("territoires/ajouter/", places.consult, name="consult"),
    path("territoires/retirer/", places.dismiss, name="no_longer_consult"),
    path("arbre/ajouter/", tree.add, name="add_territory"),
    path("arbre/planter/", tree.plant, name="plant"),
    path("arbre/annuaire/", tree.directory, name="directory"),
    path("themes/", subjects.themes, name="themes"),
    path("themes/ajouter/", subjects.add, name="add_theme"),
    path("themes/<slug:theme>/", subjects.edit, name="edit_theme"),
    path("themes/<slug:theme>/supprimer/", subjects.delete, name="delete_theme"),
]

urlpatterns = [
    path("compte/concertations/ajouter/", views.create, name="new_consultation"),
    path("<slug:consultation>/equipe/reglages/", include(SETTINGS)),
]
