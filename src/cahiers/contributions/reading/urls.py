"""Addresses of contributions that are read."""

from django.urls import path

from cahiers.contributions.reading import views

urlpatterns = [
    path("", views.contributions, name="contributions"),
    path(
        "telecharger/<slug:format>",
        views.download,
        name="download_contributions",
    ),
    path("<uuid:uuid>/", views.contribution, name="contribution"),
]
