"""Addresses of the record of invitations."""

from django.urls import path

from cahiers.contributions.invitations import views

urlpatterns = [
    path("", views.invitations, name="guests"),
    path("ajouter/", views.invite, name="add_guest"),
    path("deposer/", views.drop, name="drop_guests"),
    path("<uuid:uuid>/", views.mark, name="mark_guest"),
]
