"""Addresses of notebooks and of what they hold."""

from django.urls import URLPattern, URLResolver, include, path

from cahiers.notebooks import views
from cahiers.notebooks.annexes import urls as annexes
from cahiers.notebooks.editing import urls as editing
from cahiers.notebooks.publishing import urls as publishing
from cahiers.notebooks.publishing.views import download_all

CONSULTATION: list[URLPattern | URLResolver] = [
    path("importer/", include("cahiers.notebooks.intake.urls")),
    path("telecharger/<slug:format>", download_all, name="download_all"),
    *annexes.urlpatterns,
]
NOTEBOOK: list[URLPattern | URLResolver] = [
    path("", views.notebook, name="notebook"),
    path("theme-<int:order>/", views.theme, name="theme"),
    path("journal/", views.journal, name="journal"),
    path("telecharger/<slug:format>", views.download, name="download"),
    *annexes.NOTEBOOK,
    *editing.NOTEBOOK,
    *publishing.NOTEBOOK,
]

urlpatterns = [
    path("e/<slug:code>", views.statement, name="statement"),
    path("e/<slug:code>/appuis/", include("cahiers.notebooks.citations.urls")),
    *editing.urlpatterns,
    path("<slug:consultation>/", include(CONSULTATION)),
    path("<slug:consultation>/<slug:notebook>/", include(NOTEBOOK)),
]
