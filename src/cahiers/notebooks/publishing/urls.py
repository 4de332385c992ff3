"""Addresses of editions, below that of their notebook; reading one is reading the notebook, by its number."""

from django.urls import URLPattern, URLResolver, include, path

from cahiers.notebooks import views
from cahiers.notebooks.publishing import views as publishing

EDITION = [
    path("", views.notebook, name="edition"),
    path("theme-<int:order>/", views.theme, name="edition_theme"),
    path("telecharger/<slug:format>", views.download, name="edition_download"),
    path("retirer/", publishing.withdraw, name="withdraw"),
    path("retablir/", publishing.restore, name="restore_edition"),
]
NOTEBOOK: list[URLPattern | URLResolver] = [
    path("edition-<int:edition>/", include(EDITION)),
    path("publier/", publishing.publish, name="publish"),
    path("editions/", publishing.editions, name="editions"),
]
