"""Addresses of forms that people fill in."""

from django.urls import path

from cahiers.contributions.collecting import views

urlpatterns = [
    path("", views.forms, name="contribute"),
    path("merci/", views.thanks, name="thanks"),
    path("<slug:slug>/", views.form, name="fill_in"),
    path(
        "<slug:slug>/etablissement/",
        views.establishments,
        name="find_establishment",
    ),
]
