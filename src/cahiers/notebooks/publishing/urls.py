"""Addresses of editions; reading one is reading the notebook, by its number."""

from django.urls import path

from cahiers.notebooks import views
from cahiers.notebooks.publishing import views as publishing

NOTEBOOK = "<slug:consultation>/<slug:notebook>/"
EDITION = f"{NOTEBOOK}edition-<int:edition>/"

urlpatterns = [
    path(EDITION, views.notebook, name="edition"),
    path(f"{EDITION}theme-<int:order>/", views.theme, name="edition_theme"),
    path(f"{EDITION}telecharger/<slug:format>", views.download, name="edition_download"),
    path(f"{EDITION}retirer/", publishing.withdraw, name="withdraw"),
    path(f"{EDITION}retablir/", publishing.restore, name="restore_edition"),
    path(f"{NOTEBOOK}publier/", publishing.publish, name="publish"),
    path(f"{NOTEBOOK}editions/", publishing.editions, name="editions"),
    path("<slug:consultation>/telecharger/<slug:format>", publishing.download_all, name="download_all"),
]
