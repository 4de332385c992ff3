"""Addresses of consultations and their notebooks."""

from django.urls import path

from cahiers.notebooks import views

urlpatterns = [
    path("", views.home, name="home"),
    path("<slug:consultation>/", views.consultation, name="consultation"),
    path("<slug:consultation>/<slug:notebook>/", views.notebook, name="notebook"),
    path("<slug:consultation>/<slug:notebook>/theme-<int:order>/", views.theme, name="theme"),
    path("<slug:consultation>/<slug:notebook>/telecharger/<slug:format>", views.download, name="download"),
]
