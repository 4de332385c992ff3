"""Addresses of contributions that are read."""

from django.urls import path

from cahiers.contributions.reading import views

urlpatterns = [
    path("<slug:consultation>/contributions/", views.contributions, name="contributions"),
    path(
        "<slug:consultation>/contributions/telecharger/<slug:format>",
        views.download,
        name="download_contributions",
    ),
    path("<slug:consultation>/contributions/<uuid:uuid>/", views.contribution, name="contribution"),
]
