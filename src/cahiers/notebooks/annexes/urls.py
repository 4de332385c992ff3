"""Addresses of annexes."""

from django.urls import path

from cahiers.notebooks.annexes import keeping, views

ANNEX = "<slug:consultation>/annexes/<uuid:annex>/"

urlpatterns = [
    path("<slug:consultation>/annexes/", views.annexes, name="annexes"),
    path(ANNEX, views.download, name="annex"),
    path(f"{ANNEX}modifier/", views.edit, name="edit_annex"),
    path(f"{ANNEX}supprimer/", views.delete, name="delete_annex"),
    path(
        "<slug:consultation>/sessions/<int:number>/annexes/ajouter/",
        views.add_to_meeting,
        name="add_meeting_annex",
    ),
    path(
        "<slug:consultation>/<slug:notebook>/annexes/ajouter/",
        views.add_to_notebook,
        name="add_notebook_annex",
    ),
    path("<slug:consultation>/importer/<uuid:draft>/annexe/", keeping.keep, name="import_keep"),
]
