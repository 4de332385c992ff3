"""Addresses of meetings."""

from django.urls import path

from cahiers.meetings import views

urlpatterns = [
    path("<slug:consultation>/sessions/", views.meetings, name="meetings"),
    path("<slug:consultation>/sessions/<int:number>/", views.meeting, name="meeting"),
]
