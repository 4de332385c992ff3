"""Addresses of what organisers set."""

from django.urls import path

from cahiers.consultations.organising import places, subjects, tree, views

urlpatterns = [
    path("compte/concertations/ajouter/", views.create, name="new_consultation"),
    path("<slug:consultation>/equipe/reglages/", views.settings, name="settings"),
    path("<slug:consultation>/equipe/reglages/etapes/", views.windows, name="windows"),
    path("<slug:consultation>/equipe/reglages/publier/", views.publish, name="publish_consultation"),
    path("<slug:consultation>/equipe/reglages/retirer/", views.withdraw, name="withdraw_consultation"),
    path("<slug:consultation>/equipe/reglages/territoires/", places.consulted, name="consulted"),
    path("<slug:consultation>/equipe/reglages/territoires/ajouter/", places.consult, name="consult"),
    path(
        "<slug:consultation>/equipe/reglages/territoires/retirer/", places.dismiss, name="no_longer_consult"
    ),
    path("<slug:consultation>/equipe/reglages/arbre/ajouter/", tree.add, name="add_territory"),
    path("<slug:consultation>/equipe/reglages/arbre/planter/", tree.plant, name="plant"),
    path("<slug:consultation>/equipe/reglages/arbre/annuaire/", tree.directory, name="directory"),
    path("<slug:consultation>/equipe/reglages/themes/", subjects.themes, name="themes"),
    path("<slug:consultation>/equipe/reglages/themes/ajouter/", subjects.add, name="add_theme"),
    path("<slug:consultation>/equipe/reglages/themes/<slug:theme>/", subjects.edit, name="edit_theme"),
    path(
        "<slug:consultation>/equipe/reglages/themes/<slug:theme>/supprimer/",
        subjects.delete,
        name="delete_theme",
    ),
]
