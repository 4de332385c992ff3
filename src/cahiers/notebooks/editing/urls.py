"""Addresses of editing."""

from django.urls import path

from cahiers.notebooks.editing import agenda, removals, rows, sheets, statements, undoing

SHEETS = "<slug:consultation>/<slug:notebook>/theme-<int:order>/fiches/"

urlpatterns = [
    path("e/<slug:code>/reformuler", statements.reword, name="reword"),
    path("e/<slug:code>/deplacer", statements.move, name="move"),
    path("e/<slug:code>/diviser", statements.split, name="split"),
    path("e/<slug:code>/fusionner", statements.merge, name="merge"),
    path("e/<slug:code>/souligner", statements.emphasise, name="emphasise"),
    path("e/<slug:code>/supprimer", statements.delete, name="delete_statement"),
    path("e/<slug:code>/retablir", statements.restore, name="restore"),
    path("l/<uuid:row>", rows.row, name="row"),
    path("l/<uuid:row>/ajouter", statements.add, name="add_statement"),
    path("l/<uuid:row>/nommer", rows.name, name="name_row"),
    path("l/<uuid:row>/citer", rows.cite, name="cite"),
    path("l/<uuid:row>/deplacer", rows.move, name="move_row"),
    path("l/<uuid:row>/supprimer", rows.delete, name="delete_row"),
    path(
        "<slug:consultation>/<slug:notebook>/theme-<int:order>/<slug:stage>/ajouter", rows.add, name="add_row"
    ),
    path(SHEETS, sheets.sheets, name="sheets"),
    path(f"{SHEETS}ajouter/", sheets.add, name="add_sheet"),
    path(f"{SHEETS}<uuid:sheet>/", sheets.edit, name="edit_sheet"),
    path(f"{SHEETS}<uuid:sheet>/supprimer/", sheets.delete, name="delete_sheet"),
    path("<slug:consultation>/<slug:notebook>/sessions/", agenda.meetings_of, name="notebook_meetings"),
    path("<slug:consultation>/<slug:notebook>/annuler/", removals.removed, name="removed"),
    path("<slug:consultation>/<slug:notebook>/annuler/<uuid:command>", undoing.undo_edit, name="undo"),
]
