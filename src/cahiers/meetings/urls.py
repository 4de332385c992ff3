"""Addresses of meetings."""

from django.urls import path

from cahiers.meetings import editing, views

urlpatterns = [
    path("<slug:consultation>/sessions/", views.meetings, name="meetings"),
    path("<slug:consultation>/sessions/<int:number>/", views.meeting, name="meeting"),
    path("<slug:consultation>/sessions/ajouter/", editing.add, name="add_meeting"),
    path("<slug:consultation>/sessions/retablir/<uuid:command>/", editing.restore, name="restore_meeting"),
    path("<slug:consultation>/sessions/<int:number>/modifier/", editing.edit, name="edit_meeting"),
    path("<slug:consultation>/sessions/<int:number>/verifier/", editing.check, name="check_meeting"),
    path("<slug:consultation>/sessions/<int:number>/participants/", editing.attendance, name="attendance"),
    path("<slug:consultation>/sessions/<int:number>/supprimer/", editing.delete, name="delete_meeting"),
]
