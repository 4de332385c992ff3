"""Addresses of editing: below those of a statement, of a row, of a notebook."""

from django.urls import URLPattern, URLResolver, include, path

from cahiers.notebooks.editing import agenda, removals, rows, sheets, statements, undoing

STATEMENT = [
    path("reformuler", statements.reword, name="reword"),
    path("deplacer", statements.move, name="move"),
    path("diviser", statements.split, name="split"),
    path("fusionner", statements.merge, name="merge"),
    path("souligner", statements.emphasise, name="emphasise"),
    path("supprimer", statements.delete, name="delete_statement"),
    path("retablir", statements.restore, name="restore"),
]
ROW = [
    path("ajouter", statements.add, name="add_statement"),
    path("nommer", rows.name, name="name_row"),
    path("citer", rows.cite, name="cite"),
    path("deplacer", rows.move, name="move_row"),
    path("supprimer", rows.delete, name="delete_row"),
]
THEME = [
    path("<slug:stage>/ajouter", rows.add, name="add_row"),
    path("fiches/", sheets.sheets, name="sheets"),
    path("fiches/ajouter/", sheets.add, name="add_sheet"),
    path("fiches/<uuid:sheet>/", sheets.edit, name="edit_sheet"),
    path("fiches/<uuid:sheet>/supprimer/", sheets.delete, name="delete_sheet"),
]
NOTEBOOK: list[URLPattern | URLResolver] = [
    path("theme-<int:order>/", include(THEME)),
    path("sessions/", agenda.meetings_of, name="notebook_meetings"),
    path("annuler/", removals.removed, name="removed"),
    path("annuler/<uuid:command>", undoing.undo_edit, name="undo"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("e/<slug:code>/", include(STATEMENT)),
    path("l/<uuid:row>", rows.row, name="row"),
    path("l/<uuid:row>/", include(ROW)),
]
