"""How a page with a form answers: the form, the form again with what is wrong, or on to the next page."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from cahiers.consultations.models import Consultation
from cahiers.consultations.revising import Changed
from cahiers.journal.actions import CommandReused
from cahiers.ui.forms import CommandForm


@dataclass(frozen=True, slots=True, kw_only=True)
class FormPage:
    """A form in its page. `back` is where it leads once done or given up; `said` is the message that follows."""

    title: str
    form: CommandForm
    button: str
    back: str
    said: str
    lead: str = ""
    template: str = "consultations/edit.html"
    #: What the form would hold of the thing as it is now, for whoever was overtaken.
    current: Callable[[], Mapping[str, Any]] = dict
    #: What else the template is given.
    given: dict[str, Any] = field(default_factory=dict)


class Refusal(Exception):
    """What an action refused, in words for the person, and the field that it is about."""

    def __init__(self, message: str, name: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.name = name


def answer(
    request: HttpRequest,
    consultation: Consultation | None,
    page: FormPage,
    act: Callable[[dict[str, Any]], str | None],
    *,
    parts: Sequence[forms.Form] = (),
) -> HttpResponse:
    """`act` does what a valid form asks, and returns where to go if that is not `back`; it may raise Refusal.

    `parts` are forms of the same page, each of one line of it, that have to be valid too.
    """
    form, status, others = page.form, 422 if page.form.is_bound else 200, []
    if all([form.is_valid(), *(part.is_valid() for part in parts)]):
        try:
            there = act(dict(form.cleaned_data))
        except Changed as conflict:
            status, others = 409, differences(form, page.current())
            form.renew(seen=conflict.current)
        except CommandReused:
            status = 409
            form.add_error(None, _("Cette page avait déjà servi : vérifiez, puis enregistrez de nouveau."))
            form.renew()
        except Refusal as refusal:
            form.add_error(refusal.name, refusal.message)
        else:
            messages.success(request, page.said)
            return redirect(there or page.back)
    return render(
        request,
        page.template,
        {
            "consultation": consultation,
            "page": page,
            "form": form,
            "changed": status == 409 and not form.errors,
            "others": others,
            "parts": parts,
            "wrong": any(part.errors for part in (form, *parts)),
            "here": "edit",
            **page.given,
        },
        status=status,
    )


def differences(form: forms.Form, current: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Fields that the thing holds otherwise than the form, each with its label and what it holds now."""
    return [
        (str(bound.label), _shown(bound, current[bound.name]))
        for bound in form.visible_fields()
        if bound.name in current and (current[bound.name] or None) != (form.cleaned_data[bound.name] or None)
    ]


def _shown(bound: forms.BoundField, value: Any) -> str:
    if isinstance(value, list | tuple):
        return "\n".join(map(str, value))
    chosen = [widget.choice_label for widget in bound if str(widget.data["value"]) == str(value or "")]
    return str(chosen[0] if chosen else "" if value is None else value)


def posted(request: HttpRequest) -> Any:
    """What a form is bound to; None on a first look."""
    return request.POST if request.method == "POST" else None
