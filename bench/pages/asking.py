"""Asking our pages and a bare Django view, in process."""

import time
from collections.abc import Callable
from typing import Any, Final, NamedTuple

from bench.pages.targets import LIST

#: Requests of a burst.
BURST: Final = 10
Ask = Callable[[str], bytes]


PARTS: Final = ("django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
)  # fmt: skip
SMALL_TEMPLATE: Final = """<!doctype html><html lang="fr"><head><title>{{ title }}</title></head><body>
<h1>{{ title }}</h1>
<ul>{% for one in found %}<li><a href="/{{ one.slug }}/">{{ one.title }}</a></li>{% endfor %}</ul></body></html>"""


def bare(request: Any) -> Any:
    """One SELECT of as many rows as our lists have, a small template."""
    from django.shortcuts import render

    from cahiers.consultations.models import Consultation

    found = Consultation.objects.only("slug", "title").order_by("pk")[:LIST]
    return render(request, "bare.html", {"found": found, "title": "Concertations"})


class Asked(NamedTuple):
    """How the bare view is asked, under the middleware of a new Django project, and how ours are."""

    plain: Ask
    drawn: Ask
    kept: Ask
    #: By someone who organises: nothing is kept for them, and they read drafts.
    member: Ask


def handlers() -> Asked:
    from django.conf import settings
    from django.core.handlers.wsgi import WSGIHandler
    from django.test import RequestFactory, override_settings
    from django.urls import path

    from cahiers import urls

    urls.urlpatterns.insert(0, path("mesure-nue/", bare))
    environ = RequestFactory(headers={"accept-language": "fr"})._base_environ  # type: ignore[attr-defined]

    def asker(handler: WSGIHandler, **given: str) -> Ask:
        def ask(address: str) -> bytes:
            answered: list[str] = []
            started: Any = lambda status, headers: answered.append(status)  # noqa: E731
            response = handler(environ(PATH_INFO=address, **given), started)
            body = b"".join(response)
            response.close()
            assert answered == ["200 OK"], (address, answered)
            return body

        return ask

    with override_settings(MIDDLEWARE=list(PARTS)):
        plain = asker(WSGIHandler())
    drawn = [part for part in settings.MIDDLEWARE if "kept_for_strangers" not in part]
    with override_settings(MIDDLEWARE=drawn):
        ours = asker(WSGIHandler())
    return Asked(plain, ours, asker(WSGIHandler()), asker(WSGIHandler(), HTTP_COOKIE=signed_in()))


def signed_in() -> str:
    """The cookie of someone who organises the consultation that is measured, once there is one."""
    from django.conf import settings
    from django.test import Client
    from django.utils import timezone

    from cahiers.accounts.models import Person
    from cahiers.consultations.models import Consultation, Membership, Role

    now = timezone.now()
    person = Person.objects.create(
        email="mesure@exemple.fr", display_name="Personne qui organise", joined_at=now, first_login=now
    )
    Membership.objects.create(
        person=person,
        consultation=Consultation.objects.get(slug="mesure-0"),
        role=Role.ORGANISER,
        since=now,
    )
    client = Client()
    client.force_login(person)
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


def burst(ask: Ask, address: str) -> float:
    """Milliseconds of CPU a request."""
    started = time.process_time()
    for _ in range(BURST):
        ask(address)
    return (time.process_time() - started) * 1000 / BURST


def queries(ask: Ask, address: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counted = 0

    def count(execute: Callable[..., Any], *arguments: Any) -> Any:
        nonlocal counted
        counted += 1
        return execute(*arguments)

    with connection.execute_wrapper(count), CaptureQueriesContext(connection):
        ask(address)
    return counted
