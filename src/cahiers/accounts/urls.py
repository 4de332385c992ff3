"""Addresses of sign-in and accounts."""

from django.urls import path

from cahiers.accounts import privacy, views
from cahiers.accounts.passkeys import views as passkeys

urlpatterns = [
    path("compte/", views.account, name="account"),
    path("compte/connexion/", views.sign_in, name="sign_in"),
    path("compte/connexion/code/", views.sign_in_code, name="sign_in_code"),
    path("compte/connexion/cle/", passkeys.sign_in, name="passkey_sign_in"),
    path("compte/connexion/cle/defi/", passkeys.challenge, name="passkey_challenge"),
    path("compte/cles/ajouter/", passkeys.add, name="add_passkey"),
    path("compte/cles/defi/", passkeys.challenge_to_add, name="passkey_challenge_to_add"),
    path("compte/cles/<uuid:key>/", passkeys.passkey, name="passkey"),
    path("compte/cles/<uuid:key>/retirer/", passkeys.remove, name="remove_passkey"),
    path("compte/deconnexion/", views.sign_out, name="sign_out"),
    path("compte/deconnexion-partout/", views.close_sessions, name="close_sessions"),
    path("donnees-personnelles/", privacy.page, name="privacy"),
]
