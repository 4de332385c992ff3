"""Addresses of meetings."""

from django.urls import include, path

from cahiers.meetings import editing, views

MEETINGS = [
    path("", views.meetings, name="meetings"),
    path("<int:number>/", views.meeting, name="meeting"),
    path("ajouter/", editing.add, name="add_meeting"),
    path("retablir/<uuid:command>/", editing.restore, name="restore_meeting"),
    path("<int:number>/modifier/", editing.edit, name="edit_meeting"),
    path("<int:number>/verifier/", editing.check, name="check_meeting"),
    path("<int:number>/participants/", editing.attendance, name="attendance"),
    path("<int:number>/supprimer/", editing.delete, name="delete_meeting"),
]

urlpatterns = [path("<slug:consultation>/sessions/", include(MEETINGS))]
