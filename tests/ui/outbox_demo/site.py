"""The form's view and its addresses, those of the product beside it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import include, path

from cahiers.ui import outbox
from cahiers.ui.forms import CommandForm
from tests.waiting import PATIENCE


@dataclass
class State:
    """What came in, each time, and what was kept of it.

    `faults` are what the next ones of no group get instead; pages come once `comes` is set, and `waiting` do not yet.
    """

    received: list[str] = field(default_factory=list)
    kept: dict[str, dict[str, str]] = field(default_factory=dict)
    faults: list[Callable[[Callable[[], HttpResponse]], HttpResponse]] = field(default_factory=list)
    comes: Event | None = None
    waiting: int = 0

    @property
    def texts(self) -> list[str]:
        return [one["text"] for one in self.kept.values()]


state = State()


class Sheet(CommandForm):
    text = forms.CharField()

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if "interdit" in text:
            raise forms.ValidationError("Ce mot n’est pas admis.")
        return text


@outbox.kept_offline
def sheet(request: HttpRequest, group: str = "") -> HttpResponse:
    if request.method != "POST":
        if state.comes:
            state.waiting += 1
            state.comes.wait(PATIENCE)
            state.waiting -= 1
        return render(request, "outbox_demo.html", {"form": Sheet(), "group": group})
    form = Sheet(request.POST)
    if not form.is_valid():
        if outbox.wanted(request):
            return outbox.refused(form)
        return render(request, "outbox_demo.html", {"form": form, "group": group}, status=422)
    command = str(form.cleaned_data["command"])
    state.received.append(command)

    def write() -> HttpResponse:
        state.kept.setdefault(command, {name: str(value) for name, value in request.POST.items()})
        if outbox.wanted(request):
            return outbox.done(
                url=f"/recu/{request.POST['receipt']}", message="Merci.", number=len(state.kept)
            )
        return redirect("/merci")

    return state.faults.pop(0)(write) if state.faults and not group else write()


def plain(request: HttpRequest) -> HttpResponse:
    """A page that nobody may keep."""
    return render(request, "ui/404.html")


urlpatterns = [
    path("essai/", sheet),
    path("essai/<slug:group>", sheet),
    path("merci", plain),
    path("", include("cahiers.urls")),
]
