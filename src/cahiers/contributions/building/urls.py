"""Addresses of forms as organisers make them."""

from django.urls import include, path

from cahiers.contributions.building import asking, views

QUESTION = "questions/<slug:key>/"

FORM = [
    path("", views.form, name="form"),
    path("modifier/", views.edit, name="edit_form"),
    path("apercu/", views.preview, name="preview_form"),
    path("diffuser/", views.release, name="release_form"),
    path("fermer/", views.close, name="close_form"),
    path("rouvrir/", views.reopen, name="reopen_form"),
    path("dupliquer/", views.duplicate, name="duplicate_form"),
    path("resultats/", views.answers, name="form_results"),
    path("reponses.csv", views.download, name="form_answers"),
    path("question/", asking.add, name="add_question"),
    path(QUESTION, asking.edit, name="edit_question"),
    path(f"{QUESTION}deplacer/", asking.move, name="move_question"),
    path(f"{QUESTION}retirer/", asking.remove, name="remove_question"),
    path(f"{QUESTION}remettre/", asking.put_back, name="put_back_question"),
]

urlpatterns = [
    path("", views.forms, name="forms"),
    path("ajouter/", views.add, name="add_form"),
    path("<slug:slug>/", include(FORM)),
]
