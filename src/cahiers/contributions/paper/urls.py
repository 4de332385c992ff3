"""Addresses of entry, of printing, and of printed sheets."""

from django.urls import path

from cahiers.contributions.paper import views

FORM = "<slug:consultation>/saisie/<slug:slug>/"

urlpatterns = [
    path("f/<slug:code>/", views.sheet, name="paper_sheet"),
    path("<slug:consultation>/saisie/", views.entries, name="entries"),
    path(FORM, views.entry, name="entry"),
    path(f"{FORM}annuler/", views.entry_undo, name="entry_undo"),
    path(f"{FORM}imprimer/", views.printing, name="print_sheets"),
]
