"""Addresses of what people say."""

from django.urls import include, path

from cahiers.contributions.paper.views import sheet

OF_CONSULTATION = [
    path("contribuer/", include("cahiers.contributions.collecting.urls")),
    path("contributions/", include("cahiers.contributions.reading.urls")),
    path("qui-a-parle/", include("cahiers.contributions.portrait.urls")),
    path("moderation/", include("cahiers.contributions.moderating.urls")),
    path("saisie/", include("cahiers.contributions.paper.urls")),
    path("collecte/", include("cahiers.contributions.intake.urls")),
    path("formulaires/", include("cahiers.contributions.building.urls")),
    path("invitations/", include("cahiers.contributions.invitations.urls")),
    path("registre/", include("cahiers.contributions.processing.urls")),
]

urlpatterns = [
    path("f/<slug:code>/", sheet, name="paper_sheet"),
    path("recu/<str:token>/", include("cahiers.contributions.receipts.urls")),
    path("<slug:consultation>/", include(OF_CONSULTATION)),
]
