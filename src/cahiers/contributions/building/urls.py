"""Addresses of forms as organisers make them."""

from django.urls import path

from cahiers.contributions.building import asking, views

FORMS = "<slug:consultation>/formulaires/"
FORM = f"{FORMS}<slug:slug>/"
QUESTION = f"{FORM}questions/<slug:key>/"

urlpatterns = [
    path(FORMS, views.forms, name="forms"),
    path(f"{FORMS}ajouter/", views.add, name="add_form"),
    path(FORM, views.form, name="form"),
    path(f"{FORM}modifier/", views.edit, name="edit_form"),
    path(f"{FORM}apercu/", views.preview, name="preview_form"),
    path(f"{FORM}diffuser/", views.release, name="release_form"),
    path(f"{FORM}fermer/", views.close, name="close_form"),
    path(f"{FORM}rouvrir/", views.reopen, name="reopen_form"),
    path(f"{FORM}dupliquer/", views.duplicate, name="duplicate_form"),
    path(f"{FORM}resultats/", views.answers, name="form_results"),
    path(f"{FORM}reponses.csv", views.download, name="form_answers"),
    path(f"{FORM}question/", asking.add, name="add_question"),
    path(QUESTION, asking.edit, name="edit_question"),
    path(f"{QUESTION}deplacer/", asking.move, name="move_question"),
    path(f"{QUESTION}retirer/", asking.remove, name="remove_question"),
    path(f"{QUESTION}remettre/", asking.put_back, name="put_back_question"),
]
