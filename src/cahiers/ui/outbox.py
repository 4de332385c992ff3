"""What the server owes to forms that are sent late, and to pages that are read without a network."""

from collections.abc import Callable, Iterator
from functools import lru_cache, wraps
from hashlib import sha256
from pathlib import Path
from typing import Any, Concatenate, Final, ParamSpec

from django.conf import settings
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
WORKER: Final = Path(__file__).with_name("worker.js")


def wanted(request: HttpRequest) -> bool:
    """Whether the script sent this form: it reads one of the answers below, and follows no redirection."""
    return request.headers.get("X-Cahiers-Outbox") == "1"


def done(*, url: str = "", message: str = "", **extra: Any) -> JsonResponse:
    """It is written. `url` is where its author finds it again; `extra` is for other scripts of the page."""
    return _answer(200, **extra, ok=True, url=url, message=message)


def refused(why: BaseForm | str) -> JsonResponse:
    """It stays on its author's list: a form with its errors is 422, a sentence (too late, closed) is 409."""
    if isinstance(why, str):
        return _answer(409, ok=False, message=why, fields={})
    fields = {name: [str(error) for error in errors] for name, errors in why.errors.items()}
    return _answer(422, ok=False, message=" ".join(_sentences(why)), fields=fields)


def later(seconds: int) -> JsonResponse:
    """Too many for now: it is sent again after that time, not before."""
    response = _answer(429)
    response.headers["Retry-After"] = str(seconds)
    return response


def kept_offline(view: View[P]) -> View[P]:
    """Let browsers keep the page as last seen; never one that was made for someone signed in."""

    @wraps(view)
    def respond(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if response.status_code == 200 and not request.user.is_authenticated:
            response.headers["X-Offline"] = "keep"
        return response

    return respond


@never_cache
@require_safe
def token(request: HttpRequest) -> HttpResponse:
    """The cookie that protects forms, for pages that were kept longer than theirs."""
    get_token(request)
    return HttpResponse(status=204)


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    return HttpResponse(
        _worker(settings.STATIC_URL),
        content_type="text/javascript; charset=utf-8",
        headers={"Service-Worker-Allowed": "/", "Cache-Control": "no-cache"},
    )


@lru_cache
def _worker(static: str) -> str:
    """Its text; another text has other caches."""
    written = WORKER.read_text()
    version = sha256((written + static).encode()).hexdigest()[:12]
    return written.replace("{version}", version).replace("{static}", static)


def _sentences(form: BaseForm) -> Iterator[str]:
    for name, errors in form.errors.items():
        for error in errors:
            label = form.fields[name].label if name in form.fields else ""
            yield _("%(field)s : %(error)s") % {"field": label, "error": error} if label else str(error)


def _answer(status: int, **said: Any) -> JsonResponse:
    return JsonResponse(said, status=status, headers={"Cache-Control": "no-store"})
