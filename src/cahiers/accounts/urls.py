"""Addresses of sign-in and accounts."""

from django.urls import include, path

from cahiers.accounts import privacy, views
from cahiers.accounts.passkeys import views as passkeys

ACCOUNT = [
    path("", views.account, name="account"),
    path("connexion/", views.sign_in, name="sign_in"),
    path("connexion/code/", views.sign_in_code, name="sign_in_code"),
    path("connexion/cle/", passkeys.sign_in, name="passkey_sign_in"),
    path("connexion/cle/defi/", passkeys.challenge, name="passkey_challenge"),
    path("cles/ajouter/", passkeys.add, name="add_passkey"),
    path("cles/defi/", passkeys.challenge_to_add, name="passkey_challenge_to_add"),
    path("cles/<uuid:key>/", passkeys.passkey, name="passkey"),
    path("cles/<uuid:key>/retirer/", passkeys.remove, name="remove_passkey"),
    path("deconnexion/", views.sign_out, name="sign_out"),
    path("deconnexion-partout/", views.close_sessions, name="close_sessions"),
]

urlpatterns = [
    path("compte/", include(ACCOUNT)),
    path("donnees-personnelles/", privacy.page, name="privacy"),
]
