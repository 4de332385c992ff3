"""Pages where tables are dropped, made to correspond, checked, then imported or left."""

from dataclasses import dataclass
from itertools import islice
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cahiers.accounts.access import signed_in
from cahiers.consultations.access import consultation_for
from cahiers.contributions.intake import actions, columns, files, reading, working
from cahiers.contributions.intake.access import import_for, may_take_in, own_territories
from cahiers.contributions.intake.forms import ColumnsForm, DropForm, GivenForm, NamesForm, SaveForm
from cahiers.contributions.intake.matching import Unknown
from cahiers.contributions.intake.models import WORKING, State, TableImport
from cahiers.contributions.intake.reading import Given
from cahiers.contributions.tables import Mapping, Problem, Table, UnknownColumns, Unreadable, records
from cahiers.contributions.tables.rejected import MEDIA_TYPE
from cahiers.territories.models import Territory

PER_PAGE: Final = 20
#: Columns, and unknown names, that a page holds within its weight.
COLUMNS: Final = 10
NAMES: Final = 15
#: Lines shown of those that cannot be taken for the same reason.
EXAMPLES: Final = 4
#: Lines of the preview.
FIRST: Final = 10


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def imports(request: HttpRequest, consultation: str) -> HttpResponse:
    """Tables dropped so far, and the form that drops one more."""
    found = consultation_for(request, consultation, may_take_in)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = DropForm(*sent, consultation=found)
    if form.is_valid():
        said = form.cleaned_data
        table, structure = said["table"], said.get("structure")
        top = own_territories(request.user, found).first()
        assert top is not None
        try:
            dropped = actions.drop(
                consultation=found,
                territory=top,
                stream=table,
                name=table.name or "tableau",
                size=table.size or 0,
                structure=structure or None,
                structure_name=structure.name if structure else "",
                saved=said.get("saved"),
                by=signed_in(request),
                now=timezone.now(),
            )
            return redirect(dropped)
        except Unreadable as refusal:
            form.add_error("table", str(refusal))
    own = own_territories(request.user, found)
    tables = found.table_imports.filter(territory__in=own).select_related("by")
    page = Paginator(tables, PER_PAGE).get_page(request.GET.get("page"))
    for one in page:
        one.consultation = found
    given = {"consultation": found, "form": form, "page": page}
    return render(request, "contributions/intake/imports.html", given, status=422 if form.errors else 200)


@require_safe
@never_cache
def table_import(request: HttpRequest, consultation: str, uuid: UUID) -> HttpResponse:
    """How far it is: its columns, what the dry run counted, or what was imported."""
    found = import_for(request, consultation, uuid)
    if found.state == State.DROPPED:
        return redirect("table_columns", consultation, uuid)
    if found.state in WORKING:
        return redirect("table_progress", consultation, uuid)
    told = _told(found) | {
        "counts": found.counted,
        "reasons": _reasons(found),
        "unknown": len(found.unknown),
        "rejected": files.exists(found.uuid, files.REJECTED),
        "save": SaveForm(),
        "roles": columns.told(Mapping.from_json(found.mapping), found.consultation),
        "twin": _twin(found),
        "following": _following_name(found),
    }
    return render(request, f"contributions/intake/{'report' if found.is_open else 'ended'}.html", told)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def table_columns(request: HttpRequest, consultation: str, uuid: UUID) -> HttpResponse:
    """What each column says, a few at a time, with the first lines as they would enter."""
    found = import_for(request, consultation, uuid)
    if found.state not in (State.DROPPED, State.CHECKED):
        return redirect(found)
    try:
        with reading.tables(found) as known:
            return _columns_page(request, found, known)
    except Unreadable as refusal:
        return render(request, "contributions/intake/unreadable.html", _told(found) | {"why": str(refusal)})


def _columns_page(request: HttpRequest, found: TableImport, known: tuple[Table, ...]) -> HttpResponse:
    table = reading.chosen(found, known)
    mapping = Mapping.from_json(found.mapping)
    roles = columns.roles(mapping, table)
    page = Paginator(table.columns, COLUMNS).get_page(request.GET.get("page"))
    sent = request.POST if request.method == "POST" else None
    form = ColumnsForm(sent, consultation=found.consultation, shown=list(page), roles=roles)
    if form.is_valid():
        changed = columns.mapping_of(table, roles | form.roles, mapping)
        _settle(found, mapping=changed)
        here = reverse("table_columns", args=[found.consultation.slug, found.uuid])
        return redirect(f"{here}?page={page.number}")
    told = _told(found) | {
        "table": table,
        "others": [one.name for one in known if one is not table],
        "form": form,
        "page": page,
        "preview": _preview(table, mapping),
        "shape": reading.label_of(found.shape),
        "missing": mapping.missing(table),
        "given": _given_in_words(found),
        "twin": _twin(found),
    }
    return render(request, "contributions/intake/columns.html", told, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def table_given(request: HttpRequest, consultation: str, uuid: UUID) -> HttpResponse:
    """What holds for the whole file."""
    found = import_for(request, consultation, uuid)
    if found.state not in (State.DROPPED, State.CHECKED):
        return redirect(found)
    try:
        with reading.tables(found) as known:
            return _given_page(request, found, known)
    except Unreadable as refusal:
        return render(request, "contributions/intake/unreadable.html", _told(found) | {"why": str(refusal)})


def _given_page(request: HttpRequest, found: TableImport, known: tuple[Table, ...]) -> HttpResponse:
    mapping = Mapping.from_json(found.mapping)
    own = own_territories(request.user, found.consultation)
    form = GivenForm(
        request.POST if request.method == "POST" else None,
        consultation=found.consultation,
        among=own,
        tables=[one.name for one in known],
        initial=found.given
        | {
            "table": found.table,
            "territory": found.territory.code or found.territory.name,
            "month_first": mapping.month_first,
        },
    )
    if form.is_valid():
        said = form.cleaned_data
        if said["table"] != found.table:
            mapping = reading.proposed(known[said["table"]], found.consultation)
        changed = Mapping.from_json(mapping.as_json() | {"month_first": said["month_first"]})
        given = Given(**{name: said[name] for name in ("kind", "channel", "consent", "reads_before")})
        _settle(found, mapping=changed, given=given, territory=said["territory"], table=said["table"])
        return redirect("table_columns", *_address(found))
    told = _told(found) | {"form": form, "offered": own.filter(parent__parent__parent=None)[:40]}
    return render(request, "contributions/intake/given.html", told, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def table_names(request: HttpRequest, consultation: str, uuid: UUID) -> HttpResponse:
    """What the names that nothing goes by stand for."""
    found = import_for(request, consultation, uuid)
    if found.state not in (State.DROPPED, State.CHECKED):
        return redirect(found)
    chosen = {(target, text) for target, texts in found.names.items() for text in texts}
    unknown = [one for one in map(Unknown.of, found.unknown) if (one.target, one.text) not in chosen]
    page = Paginator(unknown, NAMES).get_page(request.GET.get("page"))
    form = NamesForm(
        request.POST if request.method == "POST" else None,
        consultation=found.consultation,
        within=Territory.objects.within(found.territory),
        shown=list(enumerate(page)),
    )
    if form.is_valid():
        _settle(found, names=list(form.chosen))
        # Reading all of it again for each page of names would take a large table's time each time.
        return (
            _checked(request, found) if len(unknown) <= NAMES else redirect("table_names", *_address(found))
        )
    told = _told(found) | {"form": form, "page": page}
    return render(request, "contributions/intake/names.html", told, status=422 if form.errors else 200)


@require_POST
def table_check(request: HttpRequest, consultation: str, uuid: UUID) -> HttpResponse:
    found = import_for(request, consultation, uuid)
    if found.state not in (State.DROPPED, State.CHECKED):
        return redirect(found)
    return _checked(request, found)


@require_POST
def table_save(request: HttpRequest, consultation: str, uuid: UUID) -> HttpResponse:
    found = import_for(request, consultation, uuid)
    form = SaveForm(request.POST)
    if form.is_valid():
        saved = actions.save_mapping(found=found, name=form.cleaned_data["name"], now=timezone.now())
        messages.success(request, _("La correspondance « %s » est gardée.") % saved.name)
    return redirect(found)


@require_POST
def table_accept(request: HttpRequest, consultation: str, uuid: UUID) -> HttpResponse:
    found = import_for(request, consultation, uuid)
    try:
        actions.begin(found=found, whole=request.POST.get("choice") != "right")
    except actions.SomeAreWrong:
        messages.error(request, _("Des lignes sont à corriger : rien n’a été importé."))
    except actions.NotChecked:
        messages.error(request, _("Cet import a changé depuis que vous l’avez lu : rien n’a été importé."))
    else:
        return _gone_on(request, found)
    return redirect(found)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def table_progress(request: HttpRequest, consultation: str, uuid: UUID) -> HttpResponse:
    """How far the work is, which goes on whether anyone looks or not; where nobody does it any more, it goes on.

    Sent, it tries again what a refusal had stopped.
    """
    found = import_for(request, consultation, uuid)
    if request.method == "POST":
        actions.try_again(found=found)
        return _gone_on(request, found)
    inside = "HX-Request" in request.headers
    working.carry_on(found, signed_in(request))
    if found.state not in WORKING or (inside and found.refusal):
        # A page that looks at a part of itself is told to go, not given the other page to show inside.
        return HttpResponse(headers={"HX-Redirect": found.get_absolute_url()}) if inside else redirect(found)
    if found.refusal:
        return render(request, "contributions/intake/unreadable.html", _told(found) | {"why": found.refusal})
    part = "_progress" if inside else "progress"
    return render(request, f"contributions/intake/{part}.html", _told(found))


@require_safe
@never_cache
def table_rejected(request: HttpRequest, consultation: str, uuid: UUID) -> HttpResponseBase:
    """Lines to correct and send again."""
    found = import_for(request, consultation, uuid)
    try:
        stream = files.opened(found.uuid, files.REJECTED)
    except OSError:
        raise Http404 from None
    name = _("lignes-a-reprendre.csv")
    return FileResponse(stream, as_attachment=True, filename=name, content_type=MEDIA_TYPE)


@require_POST
def table_following(request: HttpRequest, consultation: str, uuid: UUID) -> HttpResponse:
    """The next table of the same file."""
    found = import_for(request, consultation, uuid)
    try:
        return redirect(actions.go_on(found=found, by=signed_in(request), now=timezone.now()))
    except Unreadable as refusal:
        messages.error(request, str(refusal))
    except actions.NothingFollows:
        pass  # twice the same click: the page tells what is left
    return redirect(found)


@require_POST
def table_leave(request: HttpRequest, consultation: str, uuid: UUID) -> HttpResponse:
    found = import_for(request, consultation, uuid)
    actions.leave(found=found, by=signed_in(request), now=timezone.now())
    if found.state in WORKING:
        return _gone_on(request, found)
    messages.success(request, _("« %s » est laissé : son fichier est supprimé.") % found.name)
    return redirect("tables", consultation)


def _gone_on(request: HttpRequest, found: TableImport) -> HttpResponse:
    """To how far the work is or, where a moment was enough, to what came of it."""
    working.carry_on(found, signed_in(request))
    return redirect("table_progress" if found.state in WORKING else "table_import", *_address(found))


def _checked(request: HttpRequest, found: TableImport) -> HttpResponse:
    try:
        actions.ask_check(found=found)
    except Unreadable as refusal:
        messages.error(request, str(refusal))
    except actions.NothingToRead:
        messages.error(
            request, _("Aucune colonne ne dit quelque chose : choisissez celles qui portent un texte.")
        )
    except UnknownColumns as missing:
        messages.error(request, _("Ces colonnes manquent : %s.") % ", ".join(missing.names))
    except actions.NotChecked:
        found.refresh_from_db()
    else:
        return _gone_on(request, found)
    return redirect("table_columns", *_address(found))


def _address(found: TableImport) -> tuple[str, UUID]:
    return found.consultation.slug, found.uuid


def _settle(found: TableImport, **changes: Any) -> None:
    """As it is, but for these; what has begun meanwhile is left alone."""
    kept: dict[str, Any] = {
        "mapping": Mapping.from_json(found.mapping),
        "given": Given.of(found.given),
        "territory": found.territory,
        "table": found.table,
    }
    try:
        actions.settle(found=found, **(kept | changes))
    except actions.NotChecked:
        found.refresh_from_db()


def _preview(table: Table, mapping: Mapping) -> list[dict[str, Any]]:
    """What the first lines say, or their problems, with the line."""
    if mapping.missing(table):
        return []
    found: list[dict[str, Any]] = []
    for one in islice(records(table, mapping), 2 * FIRST):
        wrong = isinstance(one, Problem)
        found.append({"line": one.line, "said": None if wrong else one, "problem": one if wrong else None})
        if len({each["line"] for each in found}) == FIRST:
            break
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why lines of a column cannot be taken: the first of them, and how many more were kept to be shown."""

    column: str
    sentence: str
    first: list[Problem]
    more: int


def _reasons(found: TableImport) -> list[Reason]:
    """A page that told every line would be too long to reach its end on a phone; the file of rejected lines does."""
    by_reason: dict[tuple[str, str], list[Problem]] = {}
    for one in (Problem(*stored) for stored in found.problems):
        by_reason.setdefault((one.column, one.sentence), []).append(one)
    return [
        Reason(column=column, sentence=sentence, first=its[:EXAMPLES], more=len(its) - len(its[:EXAMPLES]))
        for (column, sentence), its in list(by_reason.items())[:PER_PAGE]
    ]


def _given_in_words(found: TableImport) -> dict[str, Any]:
    given = Given.of(found.given)
    labels = dict(columns.kinds(found.consultation))
    return {
        "kind": labels.get(given.kind, given.kind),
        "reads_before": given.reads_before,
    }


def _following_name(found: TableImport) -> str:
    """Of the next table of its file; "" for none."""
    if found.following is None:
        return ""
    try:
        with reading.tables(found) as known:
            return known[found.following].name
    except Unreadable:
        return ""


def _twin(found: TableImport) -> TableImport | None:
    """The import of the same bytes that has ended."""
    same = found.consultation.table_imports.filter(sha256=found.sha256, state=State.DONE)
    return same.exclude(pk=found.pk).first()


def _told(found: TableImport) -> dict[str, Any]:
    return {"consultation": found.consultation, "import": found, "one": found}
