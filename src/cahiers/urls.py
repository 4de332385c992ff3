"""Addresses of the whole site."""

from django.urls import include, path

from cahiers.notebooks import views

handler403 = "cahiers.ui.views.refused"
handler404 = "cahiers.ui.views.not_found"
handler500 = "cahiers.ui.views.broken"

#: An address is tried on all that stand above the one that it is, and on all that a shared beginning leads to: what
#: begins alike stands together, what is read most stands high.
urlpatterns = [
    path("", views.home, name="home"),
    path("", include("cahiers.ui.urls")),
    path("", include("cahiers.accounts.urls")),
    path("", include("cahiers.boards.urls")),
    # Below the site's own words, none of which a consultation can be called.
    path("<slug:consultation>/", views.consultation, name="consultation"),
    path("", include("cahiers.meetings.urls")),
    path("", include("cahiers.consultations.team.urls")),
    path("", include("cahiers.consultations.organising.urls")),
    path("", include("cahiers.contributions.urls")),
    path("", include("cahiers.notebooks.urls")),
]
