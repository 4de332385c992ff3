"""Addresses of documents on their way in."""

from django.urls import path

from cahiers.notebooks.intake import views
from cahiers.notebooks.intake.correcting import doubts, head, items, meetings, rows, sheets
from cahiers.notebooks.merging import views as newer

DRAFT = "<slug:consultation>/importer/<uuid:draft>/"
MEETING = f"{DRAFT}sessions/<int:meeting>/"
THEME = f"{DRAFT}theme-<int:theme>/"
SHEETS = f"{THEME}fiches/"
TABLE = f"{THEME}<slug:stage>/"
ROW = f"{TABLE}<int:row>/"
ITEM = f"{ROW}<slug:kind>/<int:index>/"

urlpatterns = [
    path("<slug:consultation>/importer/", views.imports, name="imports"),
    path("<slug:consultation>/importer/lecture/", views.progress, name="import_progress"),
    path(DRAFT, views.draft, name="import_draft"),
    path(f"{DRAFT}territoire/", views.situate, name="import_situate"),
    path(f"{DRAFT}annuler/", views.undo, name="import_undo"),
    path(f"{DRAFT}importer/", views.accept, name="import_accept"),
    path(f"{DRAFT}cahier/", newer.choose, name="import_choose"),
    path(f"{DRAFT}comparer/", newer.compare, name="import_compare"),
    path(f"{DRAFT}laisser/", views.leave, name="import_leave"),
    path(f"{DRAFT}en-tete/", head.head, name="import_head"),
    path(f"{DRAFT}doutes/", views.doubts, name="import_doubts"),
    path(f"{DRAFT}doutes/vus/", doubts.tick, name="import_tick"),
    path(f"{DRAFT}doutes/<int:number>/", doubts.doubt, name="import_doubt"),
    path(f"{DRAFT}sessions/", meetings.meetings, name="import_meetings"),
    path(f"{DRAFT}sessions/ajouter/", meetings.add, name="import_add_meeting"),
    path(MEETING, meetings.meeting, name="import_meeting"),
    path(f"{MEETING}jours/", meetings.days, name="import_days"),
    path(f"{MEETING}participants/", meetings.attendance, name="import_attendance"),
    path(f"{DRAFT}themes/ajouter/", head.add_theme, name="import_add_theme"),
    path(THEME, head.theme, name="import_theme"),
    path(SHEETS, sheets.sheets, name="import_sheets"),
    path(f"{SHEETS}ajouter/", sheets.add, name="import_add_sheet"),
    path(f"{SHEETS}<int:sheet>/", sheets.sheet, name="import_sheet"),
    path(TABLE, items.table, name="import_table"),
    path(f"{TABLE}ajouter/", items.add, name="import_add_item"),
    path(ROW, items.row, name="import_row"),
    path(f"{ROW}modifier/", rows.row, name="import_edit_row"),
    path(f"{ROW}diviser/", rows.split, name="import_split_row"),
    path(f"{ROW}deplacer/", rows.move, name="import_move_row"),
    path(f"{ROW}vers/<slug:to>/", rows.carry, name="import_carry_row"),
    path(ITEM, items.item, name="import_item"),
    path(f"{ITEM}ailleurs/", items.carry, name="import_carry"),
]
