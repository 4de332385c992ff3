"""Addresses of forms that people fill in."""

from django.urls import path

from cahiers.contributions.collecting import views

urlpatterns = [
    path("<slug:consultation>/contribuer/", views.forms, name="contribute"),
    path("<slug:consultation>/contribuer/merci/", views.thanks, name="thanks"),
    path("<slug:consultation>/contribuer/<slug:slug>/", views.form, name="fill_in"),
    path(
        "<slug:consultation>/contribuer/<slug:slug>/etablissement/",
        views.establishments,
        name="find_establishment",
    ),
]
