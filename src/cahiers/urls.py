"""Addresses of the whole site."""

from django.urls import include, path

handler403 = "cahiers.ui.views.refused"
handler404 = "cahiers.ui.views.not_found"
handler500 = "cahiers.ui.views.broken"

urlpatterns = [
    path("", include("cahiers.ui.urls")),
    path("", include("cahiers.accounts.urls")),
    path("", include("cahiers.boards.urls")),
    path("", include("cahiers.consultations.team.urls")),
    path("", include("cahiers.consultations.organising.urls")),
    path("", include("cahiers.contributions.urls")),
    path("", include("cahiers.meetings.urls")),
    path("", include("cahiers.notebooks.intake.urls")),
    path("", include("cahiers.notebooks.urls")),
]
