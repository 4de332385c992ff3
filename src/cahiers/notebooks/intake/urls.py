"""Addresses of documents on their way in."""

from django.urls import include, path

from cahiers.notebooks.annexes import keeping
from cahiers.notebooks.intake import views
from cahiers.notebooks.intake.correcting import doubts, head, items, meetings, rows, sheets
from cahiers.notebooks.merging import views as newer

MEETING = "sessions/<int:meeting>/"
THEME = "theme-<int:theme>/"
SHEETS = f"{THEME}fiches/"
TABLE = f"{THEME}<slug:stage>/"
ROW = f"{TABLE}<int:row>/"
ITEM = f"{ROW}<slug:kind>/<int:index>/"

DRAFT = [
    path("", views.draft, name="import_draft"),
    path("territoire/", views.situate, name="import_situate"),
    path("annuler/", views.undo, name="import_undo"),
    path("importer/", views.accept, name="import_accept"),
    path("cahier/", newer.choose, name="import_choose"),
    path("comparer/", newer.compare, name="import_compare"),
    path("annexe/", keeping.keep, name="import_keep"),
    path("laisser/", views.leave, name="import_leave"),
    path("en-tete/", head.head, name="import_head"),
    path("doutes/", views.doubts, name="import_doubts"),
    path("doutes/vus/", doubts.tick, name="import_tick"),
    path("doutes/<int:number>/", doubts.doubt, name="import_doubt"),
    path("sessions/", meetings.meetings, name="import_meetings"),
    path("sessions/ajouter/", meetings.add, name="import_add_meeting"),
    path(MEETING, meetings.meeting, name="import_meeting"),
    path(f"{MEETING}jours/", meetings.days, name="import_days"),
    path(f"{MEETING}participants/", meetings.attendance, name="import_attendance"),
    path("themes/ajouter/", head.add_theme, name="import_add_theme"),
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

urlpatterns = [
    path("", views.imports, name="imports"),
    path("lecture/", views.progress, name="import_progress"),
    path("<uuid:draft>/", include(DRAFT)),
]
