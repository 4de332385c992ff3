"""Addresses of the whole site."""

from django.urls import include, path

from cahiers.notebooks import views

handler403 = "cahiers.ui.views.refused"
handler404 = "cahiers.ui.views.not_found"
handler500 = "cahiers.ui.views.broken"

#: What is read most stands first: each address is tried on all that stand above the one that it is.
urlpatterns = [
    path("", views.home, name="home"),
    path("", include("cahiers.meetings.urls")),
    path("", include("cahiers.ui.urls")),
    path("", include("cahiers.accounts.urls")),
    path("", include("cahiers.boards.urls")),
    path("", include("cahiers.consultations.team.urls")),
    path("", include("cahiers.consultations.organising.urls")),
    path("", include("cahiers.contributions.urls")),
    path("", include("cahiers.notebooks.intake.urls")),
    path("", include("cahiers.notebooks.urls")),
]
