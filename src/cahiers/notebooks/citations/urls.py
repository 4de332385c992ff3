"""Addresses of what statements rest on."""

from django.urls import path

from cahiers.notebooks.citations import views

urlpatterns = [
    path("", views.support, name="support"),
    path("<uuid:uuid>/", views.cite, name="cite_contribution"),
    path("<uuid:uuid>/retirer/", views.uncite, name="uncite"),
]
