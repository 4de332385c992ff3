"""Addresses of sign-in and accounts."""

from django.urls import path

from cahiers.accounts import privacy, views

urlpatterns = [
    path("compte/", views.account, name="account"),
    path("compte/connexion/", views.sign_in, name="sign_in"),
    path("compte/connexion/code/", views.sign_in_code, name="sign_in_code"),
    path("compte/deconnexion/", views.sign_out, name="sign_out"),
    path("compte/deconnexion-partout/", views.close_sessions, name="close_sessions"),
    path("donnees-personnelles/", privacy.page, name="privacy"),
]
