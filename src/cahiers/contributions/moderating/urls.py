"""Addresses of moderation."""

from django.urls import path

from cahiers.contributions.moderating import views

urlpatterns = [
    path("<slug:consultation>/moderation/", views.queue, name="moderation"),
    path("<slug:consultation>/moderation/decider/", views.decide, name="decide"),
    path("<slug:consultation>/moderation/annuler/", views.undo, name="undo_moderation"),
    path("<slug:consultation>/moderation/<uuid:uuid>/", views.moderate, name="moderate"),
]
