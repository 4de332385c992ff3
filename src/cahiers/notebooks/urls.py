"""Addresses of consultations and their notebooks."""

from django.urls import include, path

from cahiers.notebooks import views

urlpatterns = [
    path("e/<slug:code>", views.statement, name="statement"),
    path("", include("cahiers.notebooks.annexes.urls")),
    path("", include("cahiers.notebooks.citations.urls")),
    path("", include("cahiers.notebooks.editing.urls")),
    path("", include("cahiers.notebooks.publishing.urls")),
    path("<slug:consultation>/", views.consultation, name="consultation"),
    path("<slug:consultation>/<slug:notebook>/", views.notebook, name="notebook"),
    path("<slug:consultation>/<slug:notebook>/theme-<int:order>/", views.theme, name="theme"),
    path("<slug:consultation>/<slug:notebook>/journal/", views.journal, name="journal"),
    path("<slug:consultation>/<slug:notebook>/telecharger/<slug:format>", views.download, name="download"),
]
