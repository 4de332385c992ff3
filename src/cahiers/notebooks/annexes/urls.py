"""Addresses of annexes."""

from django.urls import URLPattern, URLResolver, include, path

from cahiers.notebooks.annexes import views

ANNEX = [
    path("", views.download, name="annex"),
    path("modifier/", views.edit, name="edit_annex"),
    path("supprimer/", views.delete, name="delete_annex"),
]
NOTEBOOK = [path("annexes/ajouter/", views.add_to_notebook, name="add_notebook_annex")]

urlpatterns: list[URLPattern | URLResolver] = [
    path("annexes/", views.annexes, name="annexes"),
    path("annexes/<uuid:annex>/", include(ANNEX)),
    path("sessions/<int:number>/annexes/ajouter/", views.add_to_meeting, name="add_meeting_annex"),
]
