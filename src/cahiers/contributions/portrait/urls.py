"""Address of who spoke."""

from django.urls import path

from cahiers.contributions.portrait import views

urlpatterns = [path("<slug:consultation>/qui-a-parle/", views.portrait, name="portrait")]
