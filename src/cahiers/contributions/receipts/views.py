"""Receipts. Whoever has the link is the author; the token stands in the address and in no table."""

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cahiers.contributions.actions.submitting import fingerprint
from cahiers.contributions.collecting.forms import LONGEST
from cahiers.contributions.models import Contribution, Submission, in_words
from cahiers.contributions.receipts import actions
from cahiers.contributions.sheets import HEADINGS
from cahiers.journal.actions import CommandReused
from cahiers.ui.forms import CommandForm, SeenForm
from cahiers.ui.qr import qr_svg

Page = Callable[..., HttpResponse]


class CorrectionForm(SeenForm):
    """What a contribution says, to be corrected."""

    title = forms.CharField(required=False, max_length=200, label=_("Titre"))
    text = forms.CharField(max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 6}), label=_("Texte"))

    def __init__(self, *args: object, contribution: Contribution, **kwargs: object) -> None:
        said = contribution.current
        kwargs["initial"] = {"seen": said.uuid, "title": said.title, "text": said.text, **said.parts}
        super().__init__(*args, **kwargs)
        if said.parts:
            del self.fields["text"]
            for heading in HEADINGS:
                self.fields[heading.key] = forms.CharField(
                    required=False,
                    max_length=LONGEST,
                    label=heading.label,
                    widget=forms.Textarea(attrs={"rows": 3}),
                )
        else:
            del self.fields["title"]

    def clean(self) -> dict[str, Any]:
        if "text" not in self.fields and not any(self.parts.values()):
            raise forms.ValidationError(_("Écrivez deux ou trois lignes sous l’un des titres."))
        return self.cleaned_data

    @property
    def parts(self) -> dict[str, str]:
        said = {heading.key: self.cleaned_data.get(heading.key, "") for heading in HEADINGS}
        return {key: text for key, text in said.items() if text}


def keep_to_oneself(response: HttpResponse) -> None:
    """No browser, proxy or engine keeps the page, and no other site is told of its address."""
    response.headers["Cache-Control"] = "no-store"
    # Not "no-referrer": browsers then hide where a form comes from even to ourselves, and it is refused as forged.
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["X-Robots-Tag"] = "noindex"


def private(view: Page) -> Page:
    """The view with the token’s submission, kept to whoever has it."""

    @wraps(view)
    def respond(request: HttpRequest, token: str, **more: object) -> HttpResponse:
        submission = Submission.objects.select_related("consultation", "territory", "form").filter(
            receipt=fingerprint(token)
        )
        found = submission.first()
        if found is None:
            response = render(request, "contributions/receipts/none.html", status=404)
        else:
            response = view(request, token, found, **more)
        keep_to_oneself(response)
        return response

    return respond


@require_safe
@private
def receipt(request: HttpRequest, token: str, submission: Submission) -> HttpResponse:
    said = submission.contributions.select_related("current", "theme", "question", "territory")
    consultation = submission.consultation
    address = request.build_absolute_uri()
    told = {
        "token": token,
        "submission": submission,
        "consultation": consultation,
        "categories": {one.key: one.short_label for one in consultation.method.categories},
        "said": list(said.order_by("pk")),
        "answers": list(_answers(submission)),
        "standing": actions.STANDING,
        "closed": actions.why_closed(submission, timezone.now()),
        "receipt": address,
        "qr": qr_svg(address),
    }
    return render(request, "contributions/receipts/receipt.html", told)


@require_http_methods(["GET", "HEAD", "POST"])
@private
def correct(request: HttpRequest, token: str, submission: Submission, uuid: str) -> HttpResponse:
    chosen = _chosen(submission, uuid)
    form = CorrectionForm(request.POST or None, contribution=chosen)
    if request.method != "POST" and actions.why_closed(submission, timezone.now()):
        return redirect("receipt", token)
    if request.method == "POST" and form.is_valid():
        try:
            actions.correct(
                contribution=chosen,
                title=form.cleaned_data.get("title", ""),
                text=form.cleaned_data.get("text", ""),
                parts=form.parts,
                seen=form.cleaned_data["seen"],
                command=form.cleaned_data["command"],
                now=timezone.now(),
            )
        except actions.Gone:
            messages.error(request, _("Ce texte est retiré : il ne peut plus être corrigé."))
        except actions.Closed as closed:
            form.add_error(None, _("%s Votre correction n’a pas été prise.") % closed)
            return _correction(request, token, submission, form)
        except actions.Changed as changed:
            form.add_error(
                None, _("Ce texte a changé entre-temps. Il dit maintenant : %s") % changed.current.text
            )
            form.renew(seen=changed.current.uuid)
            return _correction(request, token, submission, form)
        except CommandReused:
            messages.error(request, _("Cette page avait déjà servi : rien n’a été fait, recommencez."))
        else:
            messages.success(request, _("Votre correction est prise."))
        return redirect("receipt", token)
    return _correction(request, token, submission, form)


@require_POST
@private
def withdraw(request: HttpRequest, token: str, submission: Submission, uuid: str) -> HttpResponse:
    form = CommandForm(request.POST)
    if form.is_valid():
        try:
            actions.withdraw(
                contribution=_chosen(submission, uuid),
                command=form.cleaned_data["command"],
                now=timezone.now(),
            )
            messages.success(request, _("Votre texte est retiré."))
        except actions.Gone:
            messages.info(request, _("Ce texte était déjà retiré."))
        except CommandReused:
            messages.error(request, _("Cette page avait déjà servi : rien n’a été fait, recommencez."))
    return redirect("receipt", token)


@require_POST
@private
def put_back(request: HttpRequest, token: str, submission: Submission, uuid: str) -> HttpResponse:
    form = CommandForm(request.POST)
    if form.is_valid():
        try:
            actions.put_back(
                contribution=_chosen(submission, uuid),
                command=form.cleaned_data["command"],
                now=timezone.now(),
            )
            messages.success(request, _("Votre texte est remis : il sera relu."))
        except actions.Gone:
            messages.info(request, _("Ce texte n’est pas retiré."))
        except actions.Closed as closed:
            messages.error(request, _("%s Votre texte reste retiré.") % closed)
        except CommandReused:
            messages.error(request, _("Cette page avait déjà servi : rien n’a été fait, recommencez."))
    return redirect("receipt", token)


@require_http_methods(["GET", "HEAD", "POST"])
@private
def erase(request: HttpRequest, token: str, submission: Submission) -> HttpResponse:
    if request.method == "POST":
        actions.erase(submission=submission, now=timezone.now())
        return render(
            request, "contributions/receipts/erased.html", {"consultation": submission.consultation}
        )
    told = {"token": token, "consultation": submission.consultation}
    return render(request, "contributions/receipts/erase.html", told)


def _answers(submission: Submission) -> Iterator[tuple[str, str]]:
    """Questions of the closed answers, and what was answered, in words."""
    if submission.form is None or not submission.answers:
        return
    for question in submission.form.questions.all():
        if question.key in submission.answers:
            yield question.text, in_words(submission.answers[question.key])


def _chosen(submission: Submission, uuid: str) -> Contribution:
    said = submission.contributions.select_related("current", "consultation", "submission__form")
    return get_object_or_404(said, uuid=uuid)


def _correction(
    request: HttpRequest, token: str, submission: Submission, form: CorrectionForm
) -> HttpResponse:
    told = {"token": token, "consultation": submission.consultation, "form": form}
    return render(request, "contributions/receipts/correct.html", told, status=422 if form.errors else 200)
