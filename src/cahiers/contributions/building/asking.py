"""Pages on which organisers write the questions of a questionnaire."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from cahiers.accounts.access import signed_in
from cahiers.consultations.pages import FormPage, Refusal, answer, posted
from cahiers.contributions.building import questions as actions
from cahiers.contributions.building.actions import state_of
from cahiers.contributions.building.forms import NewQuestionForm, QuestionForm
from cahiers.contributions.building.views import chosen_form
from cahiers.contributions.models import Form, FormKind, Question, QuestionType
from cahiers.journal.actions import CommandReused
from cahiers.ui.forms import CommandForm


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def add(request: HttpRequest, consultation: str, slug: str) -> HttpResponse:
    chosen = _questionnaire(request, consultation, slug)
    form = NewQuestionForm(posted(request), initial={"type": QuestionType.OPEN})
    form.set_choices(chosen, _asked(chosen))

    def act(given: dict[str, Any]) -> None:
        actions.add(
            form=chosen,
            wording=form.wording,
            command=given["command"],
            by=signed_in(request),
            now=timezone.now(),
        )

    page = FormPage(
        title=_("Ajouter une question"),
        form=form,
        button=_("Ajouter"),
        back=_address(chosen),
        said=_("La question est ajoutée."),
        template="contributions/building/question.html",
        given={"form_page": chosen},
    )
    return answer(request, chosen.consultation, page, act)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def edit(request: HttpRequest, consultation: str, slug: str, key: str) -> HttpResponse:
    chosen = _questionnaire(request, consultation, slug)
    question = _question(chosen, key)
    initial = _initial(question)
    form = QuestionForm(posted(request), initial={**initial, "seen": state_of(chosen)})
    form.set_choices(chosen, [one for one in _asked(chosen) if one.position < question.position])

    def act(given: dict[str, Any]) -> None:
        try:
            actions.edit(
                question=question,
                wording=form.wording,
                seen=given["seen"],
                command=given["command"],
                by=signed_in(request),
                now=timezone.now(),
            )
        except actions.Needed as other:
            told = _("La question « %s » attend une réponse qui n’est plus proposée : changez-la d’abord.")
            raise Refusal(told % other, "options") from None

    page = FormPage(
        title=_("Modifier une question"),
        form=form,
        button=_("Enregistrer"),
        back=_address(chosen),
        said=_("La question est enregistrée."),
        template="contributions/building/question.html",
        current=lambda: initial,
        given={"form_page": chosen, "answered": actions.is_answered(question)},
    )
    return answer(request, chosen.consultation, page, act)


@require_POST
def move(request: HttpRequest, consultation: str, slug: str, key: str) -> HttpResponse:
    up = request.POST.get("sens") == "monter"
    return _do(request, consultation, slug, key, actions.move, "", up=up)


@require_POST
def remove(request: HttpRequest, consultation: str, slug: str, key: str) -> HttpResponse:
    said = _("La question n’est plus posée ; ce qui y a été répondu est gardé.")
    return _do(request, consultation, slug, key, actions.remove, said)


@require_POST
def put_back(request: HttpRequest, consultation: str, slug: str, key: str) -> HttpResponse:
    return _do(request, consultation, slug, key, actions.put_back, _("La question est posée de nouveau."))


def _do(
    request: HttpRequest, consultation: str, slug: str, key: str, action: Any, said: str, **more: bool
) -> HttpResponse:
    chosen = _questionnaire(request, consultation, slug)
    form = CommandForm(request.POST)
    if form.is_valid():
        try:
            action(
                question=_question(chosen, key),
                command=form.cleaned_data["command"],
                by=signed_in(request),
                now=timezone.now(),
                **more,
            )
        except actions.Needed as other:
            messages.error(request, _("La question « %s » dépend de celle-ci : changez-la d’abord.") % other)
        except actions.OutOfOrder as other:
            told = _("La question « %s » suit la réponse à une autre : elle ne peut pas passer devant.")
            messages.error(request, told % other)
        except CommandReused:
            messages.error(request, _("Cette page avait déjà servi : rien n’a été fait, recommencez."))
        else:
            if said:
                messages.success(request, said)
    return redirect(_address(chosen) + "#questions")


def _questionnaire(request: HttpRequest, consultation: str, slug: str) -> Form:
    chosen = chosen_form(request, consultation, slug)
    if chosen.kind != FormKind.QUESTIONNAIRE:
        raise Http404
    return chosen


def _question(form: Form, key: str) -> Question:
    question = get_object_or_404(form.questions.select_related("theme"), key=key)
    question.form = form
    return question


def _asked(form: Form) -> list[Question]:
    return [one for one in form.questions.all() if one.present]


def _initial(question: Question) -> dict[str, Any]:
    after, among = next(iter(question.condition.items()), ("", []))
    plain = ("text", "type", "help", "required", "options", "lines", "steps", "kind", "categories")
    return {
        **{name: getattr(question, name) for name in plain},
        "theme": question.theme.key if question.theme else "",
        "after": after,
        "among": among,
    }


def _address(form: Form) -> str:
    return reverse("form", args=[form.consultation.slug, form.slug])
