"""Addresses of who spoke, and of how many there are to hear."""

from django.urls import path

from cahiers.contributions.portrait import views
from cahiers.contributions.portrait.reference import views as reference

urlpatterns = [
    path("", views.portrait, name="portrait"),
    path("tableau/", views.table, name="portrait_table"),
    path("population/", reference.numbers, name="reference"),
    path("population/noter/", reference.enter, name="enter_reference"),
    path("population/deposer/", reference.drop, name="drop_reference"),
    path("population/<int:number>/", reference.remove, name="remove_reference"),
]
