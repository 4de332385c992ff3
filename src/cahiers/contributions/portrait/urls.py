"""Addresses of who spoke, and of how many there are to hear."""

from django.urls import path

from cahiers.contributions.portrait import views
from cahiers.contributions.portrait.reference import views as reference

urlpatterns = [
    path("<slug:consultation>/qui-a-parle/", views.portrait, name="portrait"),
    path("<slug:consultation>/qui-a-parle/tableau/", views.table, name="portrait_table"),
    path("<slug:consultation>/qui-a-parle/population/", reference.numbers, name="reference"),
    path("<slug:consultation>/qui-a-parle/population/noter/", reference.enter, name="enter_reference"),
    path("<slug:consultation>/qui-a-parle/population/deposer/", reference.drop, name="drop_reference"),
    path(
        "<slug:consultation>/qui-a-parle/population/<int:number>/", reference.remove, name="remove_reference"
    ),
]
