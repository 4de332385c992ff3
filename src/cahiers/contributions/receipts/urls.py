"""Addresses of receipts."""

from django.urls import path

from cahiers.contributions.receipts import views

urlpatterns = [
    path("recu/<str:token>/", views.receipt, name="receipt"),
    path("recu/<str:token>/<uuid:uuid>/corriger/", views.correct, name="correct_said"),
    path("recu/<str:token>/<uuid:uuid>/retirer/", views.withdraw, name="withdraw_said"),
    path("recu/<str:token>/effacer/", views.erase, name="erase_said"),
]
