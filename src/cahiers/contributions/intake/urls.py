"""Addresses of tables on their way in."""

from django.urls import path

from cahiers.contributions.intake import views

ONE = "<slug:consultation>/collecte/<uuid:uuid>/"

urlpatterns = [
    path("<slug:consultation>/collecte/", views.imports, name="tables"),
    path(ONE, views.table_import, name="table_import"),
    path(f"{ONE}colonnes/", views.table_columns, name="table_columns"),
    path(f"{ONE}reglages/", views.table_given, name="table_given"),
    path(f"{ONE}noms/", views.table_names, name="table_names"),
    path(f"{ONE}verifier/", views.table_check, name="table_check"),
    path(f"{ONE}garder/", views.table_save, name="table_save"),
    path(f"{ONE}importer/", views.table_accept, name="table_accept"),
    path(f"{ONE}progression/", views.table_progress, name="table_progress"),
    path(f"{ONE}lignes-a-reprendre/", views.table_rejected, name="table_rejected"),
    path(f"{ONE}suivant/", views.table_following, name="table_following"),
    path(f"{ONE}laisser/", views.table_leave, name="table_leave"),
]
