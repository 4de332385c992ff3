"""Pages where documents are dropped, looked over, then imported or left."""

from typing import BinaryIO, cast
from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cahiers.accounts.access import signed_in
from cahiers.consultations.access import consultation_for, refuse
from cahiers.consultations.models import Consultation
from cahiers.consultations.permissions import may_edit
from cahiers.consultations.windows import StageClosed
from cahiers.documents.normal import tidy
from cahiers.journal.actions import CommandReused
from cahiers.journal.models import Entry, Verb
from cahiers.notebooks.actions import AlreadyImported
from cahiers.notebooks.intake import actions, preview, reading
from cahiers.notebooks.intake.access import draft_for, drafts_of, editable_territories, may_drop
from cahiers.notebooks.intake.doubts import doubts as doubts_of
from cahiers.notebooks.intake.forms import DropForm, SeenForm, SituateForm
from cahiers.notebooks.intake.models import ImportDraft
from cahiers.notebooks.merging.views import notebook_form
from cahiers.notebooks.models import ImportedFile, Notebook
from cahiers.notebooks.permissions import may_read_notebook
from cahiers.notebooks.reception import NotImportable
from cahiers.territories.models import Level

#: Drafts, then doubts, that a page lists within its weight.
PER_PAGE = 20
#: Doubts, and sessions, shown on the page of the draft itself.
FIRST = 5
#: Territories offered by name; all others can be typed.
OFFERED = 40


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def imports(request: HttpRequest, consultation: str) -> HttpResponse:
    """Documents dropped so far, and the form that drops more."""
    found = consultation_for(request, consultation, may_drop)
    form = DropForm(request.POST, request.FILES) if request.method == "POST" else DropForm()
    known: list[actions.Known] = []
    if form.is_valid():
        sent = form.cleaned_data["documents"]
        dropped, known = _drop(request, found, sent)
        if len(sent) == 1:
            return _one(request, found, dropped, known)
        if not known:
            return redirect("import_progress", found.slug)
    drafts = found.import_drafts.filter(drafts_of(request.user, found)).select_related(
        "territory", "by", "notebook"
    )
    page = Paginator(drafts.defer("read", "corrected"), PER_PAGE).get_page(request.GET.get("page"))
    for draft in page:
        draft.consultation = found
        if draft.notebook:
            draft.notebook.consultation = found
    return render(
        request,
        "notebooks/intake/imports.html",
        {
            "consultation": found,
            "form": form,
            "known": [(one.found.name, _address_of(request, one)) for one in known],
            "page": page,
            "waiting": reading.waiting(timezone.now(), found).count(),
        },
        status=422 if form.errors else 200,
    )


@require_safe
@never_cache
def progress(request: HttpRequest, consultation: str) -> HttpResponse:
    """Reads the next document that waits, then asks to be opened again while there is one."""
    found = consultation_for(request, consultation, may_drop)
    last = reading.read_next(now=timezone.now(), consultation=found)
    left = reading.waiting(timezone.now(), found).count()
    if last is None or not left:
        return redirect("imports", found.slug)
    return render(
        request,
        "notebooks/intake/progress.html",
        {"consultation": found, "last": last, "left": left},
    )


@require_safe
@never_cache
def draft(request: HttpRequest, consultation: str, draft: UUID) -> HttpResponse:
    """What was understood of a document."""
    found = draft_for(request, consultation, draft)
    return _draft_page(request, found, _situate_form(request, found))


def _draft_page(request: HttpRequest, found: ImportDraft, form: SituateForm) -> HttpResponse:
    given = {"consultation": found.consultation, "draft": found}
    if not found.is_read:
        return render(request, "notebooks/intake/closed.html", given)
    synthesis, method = actions.content(found), found.consultation.method
    all_doubts = doubts_of(synthesis)
    whole = [doubt for doubt in all_doubts if doubt.warning.is_of_whole]
    names = editable_territories(request.user, found.consultation).filter(
        level__in=[level.value for level in Level if level.depth <= Level.ACADEMY.depth]
    )
    return render(
        request,
        "notebooks/intake/draft.html",
        given
        | {
            "method": method,
            "themes": [(theme, preview.statement_count(theme)) for theme in synthesis.themes],
            "counts": preview.counts(synthesis, method),
            "meetings": preview.shown_meetings(synthesis)[:FIRST],
            "meeting_count": len(synthesis.meetings),
            "whole": whole,
            "doubts": [doubt for doubt in all_doubts if doubt not in whole][:FIRST],
            "doubt_count": len(all_doubts),
            "named": synthesis.territory or "",
            "consultation_named": synthesis.consultation or "",
            "form": form,
            "offered": list(names.values_list("name", flat=True)[:OFFERED]),
            "newer": notebook_form(request, found, synthesis),
            "undoing": undo_form(found),
        },
        status=422 if form.errors else 200,
    )


@require_safe
@never_cache
def doubts(request: HttpRequest, consultation: str, draft: UUID) -> HttpResponse:
    found = draft_for(request, consultation, draft)
    if not found.is_read:
        return redirect(found)
    page = Paginator(doubts_of(actions.content(found)), PER_PAGE).get_page(request.GET.get("page"))
    given = {
        "consultation": found.consultation,
        "draft": found,
        "page": page,
        "unseen": any(not doubt.seen for doubt in page),
        "ticking": SeenForm(version=found.version, auto_id=False),
        "undoing": undo_form(found),
    }
    return render(request, "notebooks/intake/doubts.html", given)


@require_POST
def situate(request: HttpRequest, consultation: str, draft: UUID) -> HttpResponse:
    found = draft_for(request, consultation, draft)
    form = _situate_form(request, found)
    if not form.is_valid():
        return _draft_page(request, found, form)
    try:
        actions.situate(draft=found, **form.cleaned_data, by=signed_in(request), now=timezone.now())
    except actions.Changed:
        say_changed(request)
    else:
        messages.success(request, _("Le territoire est enregistré."))
    return redirect(found)


@require_POST
def undo(request: HttpRequest, consultation: str, draft: UUID) -> HttpResponse:
    found = draft_for(request, consultation, draft)
    form = SeenForm(request.POST, version=found.version)
    if form.is_valid():
        try:
            actions.undo(draft=found, **form.cleaned_data, by=signed_in(request), now=timezone.now())
        except (actions.Changed, CommandReused):
            say_changed(request)
        except actions.NothingToUndo:
            messages.error(request, _("Il n’y a plus de correction à annuler."))
        else:
            messages.success(request, _("La dernière correction est annulée."))
    return redirect(found)


@require_POST
def accept(request: HttpRequest, consultation: str, draft: UUID) -> HttpResponse:
    """Make a notebook of it."""
    found = draft_for(request, consultation, draft)
    if found.notebook is not None:
        return redirect(found.notebook)
    if found.territory and not may_edit(request.user, found.consultation, found.territory):
        refuse(request, found.consultation)
    if found.updates_id is not None:
        return redirect("import_compare", found.consultation.slug, found.uuid)
    try:
        notebook = actions.import_draft(
            draft=found, seen=_seen(request), by=signed_in(request), now=timezone.now()
        )
    except actions.NoTerritory:
        messages.error(request, _("Dites d’abord de quel territoire parle ce document."))
    except actions.Changed:
        say_changed(request)
    except (AlreadyImported, NotImportable, StageClosed) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Le document est importé : voici son cahier, qui n’est pas publié."))
        return redirect(notebook)
    return redirect(found)


@require_POST
def leave(request: HttpRequest, consultation: str, draft: UUID) -> HttpResponse:
    found = draft_for(request, consultation, draft)
    try:
        actions.leave(draft=found, seen=_seen(request), by=signed_in(request), now=timezone.now())
    except actions.Changed:
        say_changed(request)
        return redirect(found)
    messages.success(request, _("« %s » est laissé : rien n’en est gardé.") % found.name)
    return redirect("imports", found.consultation.slug)


def undo_form(draft: ImportDraft) -> SeenForm | None:
    """None where there is nothing to undo."""
    return SeenForm(version=draft.version) if draft.earlier.exists() else None


def say_changed(request: HttpRequest) -> None:
    messages.error(
        request,
        _("Quelqu’un d’autre a corrigé ce document entre-temps : rien n’a été fait. Voici où il en est."),
    )


def _situate_form(request: HttpRequest, draft: ImportDraft) -> SituateForm:
    return SituateForm(
        request.POST if request.method == "POST" else None,
        among=editable_territories(request.user, draft.consultation),
        initial={"seen": draft.version, "territory": draft.territory.name if draft.territory else ""},
    )


def _seen(request: HttpRequest) -> int:
    """The version in the form; -1, which no draft has, where it holds none."""
    sent = request.POST.get("seen", "")
    return int(sent) if sent.isdecimal() and len(sent) < 10 else -1


def _drop(
    request: HttpRequest, consultation: Consultation, sent: "list[UploadedFile[bytes]]"
) -> tuple[list[ImportDraft], list[actions.Known]]:
    dropped, known = [], []
    for file in sent:
        try:
            draft = actions.drop(
                consultation=consultation,
                stream=cast(BinaryIO, file.file),
                name=tidy(file.name) or "document",
                size=file.size or 0,
                by=signed_in(request),
                now=timezone.now(),
            )
        except actions.Known as already:
            known.append(already)
        else:
            dropped.append(draft)
    return dropped, known


def _one(
    request: HttpRequest, consultation: Consultation, dropped: list[ImportDraft], known: list[actions.Known]
) -> HttpResponse:
    """A document that came alone is read at once; a known one leads to what it has become."""
    if dropped:
        reading.read(draft=dropped[0], now=timezone.now())
        return redirect(dropped[0])
    name, address = known[0].found.name, _address_of(request, known[0])
    if isinstance(known[0].found, ImportedFile):
        messages.info(request, _("Ce document a déjà été importé, sous le nom « %s ».") % name)
    else:
        messages.info(request, _("Ce document est déjà là, sous le nom « %s ».") % name)
    return redirect(address or reverse("imports", args=[consultation.slug]))


def _address_of(request: HttpRequest, known: actions.Known) -> str:
    """Of the notebook or draft, "" where it is not for this person to see."""
    if isinstance(known.found, ImportDraft):
        mine = drafts_of(request.user, known.found.consultation)
        seen = known.found.consultation.import_drafts.filter(mine, pk=known.found.pk).exists()
        return known.found.get_absolute_url() if seen else ""
    made = Entry.objects.filter(verb=Verb.IMPORT, after=known.found.uuid).values("subject")
    notebook = Notebook.objects.select_related("consultation", "territory").filter(uuid__in=made).first()
    readable = notebook is not None and may_read_notebook(request.user, notebook)
    return notebook.get_absolute_url() if notebook and readable else ""
