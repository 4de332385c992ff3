"""Addresses of receipts."""

from django.urls import path

from cahiers.contributions.receipts import views

urlpatterns = [
    path("", views.receipt, name="receipt"),
    path("<uuid:uuid>/corriger/", views.correct, name="correct_said"),
    path("<uuid:uuid>/retirer/", views.withdraw, name="withdraw_said"),
    path("<uuid:uuid>/remettre/", views.put_back, name="put_back_said"),
    path("effacer/", views.erase, name="erase_said"),
]
