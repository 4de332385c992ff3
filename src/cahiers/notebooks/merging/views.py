"""Pages where a newer version of a document is compared with its notebook, then taken in."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from cahiers import methods
from cahiers.accounts.access import signed_in
from cahiers.consultations.access import refuse
from cahiers.consultations.permissions import may_edit
from cahiers.consultations.windows import StageClosed
from cahiers.documents.model import Synthesis
from cahiers.notebooks.actions import AlreadyImported
from cahiers.notebooks.intake.access import draft_for
from cahiers.notebooks.intake.actions import Changed, content
from cahiers.notebooks.intake.models import ImportDraft
from cahiers.notebooks.merging import drafts, keeping, pages
from cahiers.notebooks.merging.actions import OtherConflicts, digest_of
from cahiers.notebooks.merging.comparing import Comparison, Verdict
from cahiers.notebooks.merging.forms import NotebookForm
from cahiers.notebooks.merging.guessing import candidates
from cahiers.notebooks.models import Notebook
from cahiers.notebooks.reception import NotImportable


def notebook_form(
    request: HttpRequest, draft: ImportDraft, synthesis: Synthesis, *, is_sent: bool = False
) -> NotebookForm | None:
    """None where the territory has no notebook, or none that they write."""
    if draft.territory is None or not may_edit(request.user, draft.consultation, draft.territory):
        return None
    found = candidates(draft.consultation, draft.territory, synthesis, draft.name)
    if not found:
        return None
    chosen = next((str(one.notebook.uuid) for one in found if one.notebook.pk == draft.updates_id), "")
    return NotebookForm(
        request.POST if is_sent else None,
        candidates=found,
        initial={"seen": draft.version, "notebook": chosen},
    )


@require_POST
def choose(request: HttpRequest, consultation: str, draft: UUID) -> HttpResponse:
    """Say which notebook it is a newer version of."""
    found = _draft(request, consultation, draft)
    form = notebook_form(request, found, content(found), is_sent=True) if found.is_read else None
    if form is None or not form.is_valid():
        messages.error(request, _("Choisissez l’un des cahiers de ce territoire."))
        return redirect(found)
    chosen = form.by_uuid.get(form.cleaned_data["notebook"])
    try:
        drafts.choose(
            draft=found,
            notebook=chosen,
            seen=form.cleaned_data["seen"],
            by=signed_in(request),
            now=timezone.now(),
        )
    except (Changed, drafts.NotThere):
        _say_changed(request)
        return redirect(found)
    if chosen is None:
        messages.success(request, _("Ce sera un nouveau cahier."))
        return redirect(found)
    return redirect("import_compare", found.consultation.slug, found.uuid)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def compare(request: HttpRequest, consultation: str, draft: UUID) -> HttpResponse:
    """What would be taken, what would stay, what is to be decided; nothing is written before it is asked for."""
    found = _draft(request, consultation, draft)
    if found.notebook is not None and not found.is_read:
        return redirect(found.notebook)
    notebook = found.updates
    if not found.is_read or notebook is None:
        return redirect(found)
    notebook.consultation = found.consultation
    comparison = keeping.compare(notebook, content(found), keeping.said_with(found))
    if request.method == "POST":
        return _decided(request, found, notebook, comparison)
    return _page(request, found, notebook, comparison)


def _decided(
    request: HttpRequest, draft: ImportDraft, notebook: Notebook, comparison: Comparison
) -> HttpResponse:
    """Keep the choices of a page, then go on to the next or take the document in."""
    sent = request.POST
    overtaken = sent.get("digest") != digest_of(comparison, draft.chosen)
    seen = int(sent["seen"]) if sent.get("seen", "").isdecimal() and len(sent["seen"]) < 10 else -1
    known = {one.id for one in comparison.conflicts}
    choices = {name[2:]: value for name, value in sent.items() if name.startswith("c-") and name[2:] in known}
    chosen = [one for one, value in choices.items() if value == "theirs"]
    try:
        drafts.settle(draft=draft, shown=choices, chosen=chosen, seen=seen)
        if overtaken:
            return _page(request, draft, notebook, comparison, overtaken=True)
        if sent.get("do") != "take":
            messages.success(request, _("Vos choix sont enregistrés. Rien n’est encore repris."))
            return redirect(_address(draft, Verdict.CONFLICT, sent.get("next", "")))
        done = drafts.take_in(
            draft=draft,
            seen=seen,
            digest=digest_of(comparison, draft.chosen),
            by=signed_in(request),
            now=timezone.now(),
        )
    except (Changed, drafts.NotThere):
        _say_changed(request)
        return redirect(draft)
    except OtherConflicts:
        now = keeping.compare(notebook, content(draft))
        return _page(request, draft, notebook, now, overtaken=True)
    except (AlreadyImported, NotImportable, StageClosed) as refusal:
        messages.error(request, str(refusal))
        return redirect("import_compare", *_names(draft))
    undo = reverse("undo", args=[draft.consultation.slug, notebook.slug, done.command])
    messages.success(
        request,
        _(
            "La nouvelle version est reprise dans le cahier. Annuler rend les lignes et les énoncés d’avant, non les"
            " fiches ni les sessions."
        ),
        extra_tags=undo,
    )
    return redirect(notebook)


def _page(
    request: HttpRequest,
    draft: ImportDraft,
    notebook: Notebook,
    comparison: Comparison,
    *,
    overtaken: bool = False,
) -> HttpResponse:
    # Its stages alone are named: the consultation's own themes would cost a query.
    method, counts = methods.get(draft.consultation.method_key), pages.counted(comparison)
    asked = request.GET.get("montrer", "")
    verdict = Verdict(asked) if asked in {*Verdict} else _first(counts)
    cut = pages.pages(comparison, verdict, method, draft.chosen)
    wanted = request.GET.get("page", "")
    number = min(max(1, int(wanted) if wanted.isdecimal() and len(wanted) < 10 else 1), len(cut))
    return render(
        request,
        "notebooks/intake/compare.html",
        {
            "consultation": draft.consultation,
            "draft": draft,
            "target": notebook,
            "has_base": bool(comparison.base),
            "tabs": [(one, _tab(one), count, _address(draft, one, "")) for one, count in counts.items()],
            "verdict": verdict,
            "total": sum(counts.values()),
            "sections": pages.sections(cut[number - 1], comparison, method),
            "number": number,
            "page_count": len(cut),
            "digest": digest_of(comparison, draft.chosen),
            "undecided": counts[Verdict.CONFLICT],
            "overtaken": overtaken,
        },
        status=409 if overtaken else 200,
    )


def _first(counts: dict[Verdict, int]) -> Verdict:
    return next((verdict for verdict, count in counts.items() if count), Verdict.TAKEN)


def _tab(verdict: Verdict) -> str:
    return {
        Verdict.CONFLICT: pgettext("changes", "À décider"),
        Verdict.TAKEN: pgettext("changes", "Repris du document"),
        Verdict.KEPT: pgettext("changes", "Gardés du cahier"),
        Verdict.SAME: pgettext("changes", "Semblables des deux côtés"),
    }[verdict]


def _address(draft: ImportDraft, verdict: Verdict, page: str) -> str:
    rest = f"&page={page}" if page.isdecimal() else ""
    return f"{reverse('import_compare', args=_names(draft))}?montrer={verdict}{rest}"


def _names(draft: ImportDraft) -> list[Any]:
    return [draft.consultation.slug, draft.uuid]


def _draft(request: HttpRequest, consultation: str, draft: UUID) -> ImportDraft:
    """Of who writes the notebooks of its territory: 404 to strangers, 403 to other members."""
    found = draft_for(request, consultation, draft, keeping.with_said(ImportDraft.objects.all()))
    if found.territory is None or not may_edit(request.user, found.consultation, found.territory):
        refuse(request, found.consultation)
    return found


def _say_changed(request: HttpRequest) -> None:
    messages.error(
        request,
        _("Quelqu’un d’autre a corrigé ce document entre-temps : rien n’a été fait. Voici où il en est."),
    )
