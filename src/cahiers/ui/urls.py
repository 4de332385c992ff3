"""Addresses of the notices and of the choice of a language."""

from django.urls import path

from cahiers.ui import language, notices

urlpatterns = [
    path("compte/langue/", language.choose, name="language"),
    path("mentions-legales/", notices.legal, name="legal"),
    path("accessibilite/", notices.accessibility, name="accessibility"),
]
