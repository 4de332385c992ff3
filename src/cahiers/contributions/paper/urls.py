"""Addresses of entry and of printing; that of a printed sheet is short, and stands apart."""

from django.urls import path

from cahiers.contributions.paper import views

urlpatterns = [
    path("", views.entries, name="entries"),
    path("<slug:slug>/", views.entry, name="entry"),
    path("<slug:slug>/annuler/", views.entry_undo, name="entry_undo"),
    path("<slug:slug>/imprimer/", views.printing, name="print_sheets"),
]
