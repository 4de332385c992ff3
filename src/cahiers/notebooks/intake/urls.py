"""Addresses of documents on their way in."""

from django.urls import path

from cahiers.notebooks.intake import correcting, views

DRAFT = "<slug:consultation>/importer/<uuid:draft>/"
TABLE = f"{DRAFT}theme-<int:theme>/<slug:stage>/"
ITEM = f"{TABLE}<int:row>/<slug:kind>/<int:index>/"

urlpatterns = [
    path("<slug:consultation>/importer/", views.imports, name="imports"),
    path("<slug:consultation>/importer/lecture/", views.progress, name="import_progress"),
    path(DRAFT, views.draft, name="import_draft"),
    path(f"{DRAFT}territoire/", views.situate, name="import_situate"),
    path(f"{DRAFT}annuler/", views.undo, name="import_undo"),
    path(f"{DRAFT}importer/", views.accept, name="import_accept"),
    path(f"{DRAFT}laisser/", views.leave, name="import_leave"),
    path(f"{DRAFT}doutes/", views.doubts, name="import_doubts"),
    path(f"{DRAFT}doutes/<int:number>/", correcting.doubt, name="import_doubt"),
    path(f"{DRAFT}theme-<int:theme>/", correcting.theme, name="import_theme"),
    path(TABLE, correcting.table, name="import_table"),
    path(f"{TABLE}<int:row>/", correcting.row, name="import_row"),
    path(ITEM, correcting.item, name="import_item"),
    path(f"{ITEM}ailleurs/", correcting.carry, name="import_carry"),
]
