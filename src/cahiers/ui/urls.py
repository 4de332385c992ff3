"""Addresses of the notices, of the choice of a language, and of what late forms and kept pages need."""

from django.urls import path

from cahiers.ui import language, notices, outbox

urlpatterns = [
    path("compte/langue/", language.choose, name="language"),
    path("mentions-legales/", notices.legal, name="legal"),
    path("accessibilite/", notices.accessibility, name="accessibility"),
    path("jeton", outbox.token, name="token"),
    path("sw.js", outbox.worker, name="worker"),
]
