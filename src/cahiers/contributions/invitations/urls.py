"""Addresses of the record of invitations."""

from django.urls import path

from cahiers.contributions.invitations import views

urlpatterns = [
    path("<slug:consultation>/invitations/", views.invitations, name="guests"),
    path("<slug:consultation>/invitations/ajouter/", views.invite, name="add_guest"),
    path("<slug:consultation>/invitations/deposer/", views.drop, name="drop_guests"),
    path("<slug:consultation>/invitations/<uuid:uuid>/", views.mark, name="mark_guest"),
]
