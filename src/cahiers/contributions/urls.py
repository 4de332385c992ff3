"""Addresses of what people say."""

from django.urls import include, path

urlpatterns = [
    path("", include("cahiers.contributions.building.urls")),
    path("", include("cahiers.contributions.collecting.urls")),
    path("", include("cahiers.contributions.intake.urls")),
    path("", include("cahiers.contributions.invitations.urls")),
    path("", include("cahiers.contributions.moderating.urls")),
    path("", include("cahiers.contributions.paper.urls")),
    path("", include("cahiers.contributions.portrait.urls")),
    path("", include("cahiers.contributions.processing.urls")),
    path("", include("cahiers.contributions.reading.urls")),
    path("", include("cahiers.contributions.receipts.urls")),
]
