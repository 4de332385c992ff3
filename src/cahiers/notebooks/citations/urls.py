"""Addresses of what statements rest on."""

from django.urls import path

from cahiers.notebooks.citations import views

urlpatterns = [
    path("e/<slug:code>/appuis/", views.support, name="support"),
    path("e/<slug:code>/appuis/<uuid:uuid>/", views.cite, name="cite_contribution"),
    path("e/<slug:code>/appuis/<uuid:uuid>/retirer/", views.uncite, name="uncite"),
]
