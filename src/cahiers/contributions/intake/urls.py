"""Addresses of tables on their way in."""

from django.urls import include, path

from cahiers.contributions.intake import views

ONE = [
    path("", views.table_import, name="table_import"),
    path("colonnes/", views.table_columns, name="table_columns"),
    path("reglages/", views.table_given, name="table_given"),
    path("noms/", views.table_names, name="table_names"),
    path("verifier/", views.table_check, name="table_check"),
    path("garder/", views.table_save, name="table_save"),
    path("importer/", views.table_accept, name="table_accept"),
    path("progression/", views.table_progress, name="table_progress"),
    path("lignes-a-reprendre/", views.table_rejected, name="table_rejected"),
    path("suivant/", views.table_following, name="table_following"),
    path("laisser/", views.table_leave, name="table_leave"),
]

urlpatterns = [
    path("", views.imports, name="tables"),
    path("<uuid:uuid>/", include(ONE)),
]
