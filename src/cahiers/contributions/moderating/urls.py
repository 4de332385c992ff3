"""Addresses of moderation."""

from django.urls import path

from cahiers.contributions.moderating import views

urlpatterns = [
    path("", views.queue, name="moderation"),
    path("decider/", views.decide, name="decide"),
    path("annuler/", views.undo, name="undo_moderation"),
    path("<uuid:uuid>/", views.moderate, name="moderate"),
    path("<uuid:uuid>/effacer/", views.erase, name="erase_contribution"),
]
