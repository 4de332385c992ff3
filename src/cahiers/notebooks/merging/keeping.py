"""A notebook, and what was last imported into it, as parts under the same keys."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from uuid import uuid4

from django.db.models import OuterRef, QuerySet, Subquery

from cahiers.documents import model
from cahiers.documents.interchange import kept_synthesis, to_dict
from cahiers.notebooks.intake.models import ImportDraft
from cahiers.notebooks.merging.comparing import Comparison
from cahiers.notebooks.merging.matching import recognised
from cahiers.notebooks.merging.models import ImportedText
from cahiers.notebooks.merging.tree import HEAD, Key, Part, Sort, Tree, tree_of
from cahiers.notebooks.models import ImportedFile, Notebook
from cahiers.notebooks.queries import State, state_of

#: Before what each part is known by: a meeting's number, a theme's order, a contribution's or row's uuid, a code.
PREFIXES: Mapping[Sort, str] = {
    Sort.MEETING: "m:",
    Sort.THEME: "t:",
    Sort.SHEET: "s:",
    Sort.ROW: "r:",
    Sort.STATEMENT: "e:",
}

#: What was last imported, in the interchange format, and the keys of its parts; "" for nothing.
Said = tuple[str, list[Key]]


def key_of(sort: Sort, known_by: object) -> Key:
    return f"{PREFIXES[sort]}{known_by}"


def known_by(key: Key) -> str:
    """What a part of the notebook goes by, without its sort."""
    return key.split(":", 1)[1]


def compare(notebook: Notebook, file: model.Synthesis, said: Said | None = None) -> Comparison:
    """The file beside the notebook as it is now, in at most eight queries where what was said comes with it."""
    base, ours = base_of(notebook) if said is None else _base(said), ours_of(notebook)
    return Comparison(base=base, ours=ours, theirs=recognised(tree_of(file), (base, ours)))


def ours_of(notebook: Notebook) -> dict[Key, Part]:
    """The notebook as it is now; it comes with its consultation."""
    state = state_of(notebook)
    return tree_of(state.synthesis, list(keys_of(state)))


def base_of(notebook: Notebook) -> dict[Key, Part]:
    """What the latest file imported into it said; nothing where that is erased."""
    return _base(notebook.imported_texts.order_by("-pk").values_list("text", "keys").first() or ("", []))


def with_said(drafts: QuerySet[ImportDraft]) -> QuerySet[ImportDraft]:
    """Each with what the notebook that it updates was last imported from, for `said_with`."""
    last = ImportedText.objects.filter(notebook=OuterRef("updates")).order_by("-pk")
    return drafts.annotate(
        said_text=Subquery(last.values("text")[:1]), said_keys=Subquery(last.values("keys")[:1])
    )


def said_with(draft: ImportDraft) -> Said:
    """It comes from with_said, which mypy cannot tell."""
    known = vars(draft)
    return known["said_text"] or "", known["said_keys"] or []


def _base(said: Said) -> dict[Key, Part]:
    text, keys = said
    return tree_of(kept_synthesis(json.loads(text)), keys) if text else {}


def keep_import(notebook: Notebook, file: ImportedFile) -> None:
    """Note that the notebook is, at this moment, what the file says."""
    state = state_of(notebook)
    _keep(notebook, file, state.synthesis, list(keys_of(state)))


def keep_update(
    notebook: Notebook, file: ImportedFile, synthesis: model.Synthesis, theirs: Tree, made: Mapping[Key, Key]
) -> None:
    """Note what the file said; `made` are the keys of what was new in it and has entered the notebook."""
    _keep(notebook, file, synthesis, list(_kept_keys(theirs, made)))


def forget(texts: Collection[str]) -> None:
    """Erase what was imported wherever it holds one of these texts: what differs next time is then asked."""
    for text in texts:
        written = json.dumps(text, ensure_ascii=False)[1:-1]
        ImportedText.objects.filter(text__contains=written).delete()


def keys_of(state: State) -> Iterator[Key]:
    """Of each part of the state, in reading order."""
    yield HEAD
    for number, meeting in zip(state.meetings, state.synthesis.meetings, strict=True):
        key = key_of(Sort.MEETING, number)
        yield key
        yield from line_keys(key, meeting.participants)
    for order, block, addresses in state.placed:
        yield key_of(Sort.THEME, order)
        yield from (key_of(Sort.SHEET, uuid) for uuid in addresses.sheets)
        for stage, rows in block.stages.items():
            for row, uuid, codes in zip(rows, addresses.rows[stage], addresses.codes[stage], strict=True):
                yield key_of(Sort.ROW, uuid)
                for kind in row.cells:
                    yield from (key_of(Sort.STATEMENT, code) for code in codes[kind])


def line_keys(meeting: Key, lines: tuple[model.Participant, ...]) -> Iterator[Key]:
    """Of lines of participants, which nothing but their category or label tells apart."""
    seen: dict[str, int] = defaultdict(int)
    for line in lines:
        name = line.category or line.label
        seen[name] += 1
        yield f"{meeting}/{seen[name]} {name}"


def _kept_keys(theirs: Tree, made: Mapping[Key, Key]) -> Iterator[Key]:
    lines: dict[Key, list[model.Participant]] = defaultdict(list)
    for part in theirs.values():
        if part.sort is Sort.LINE:
            lines[part.place[0]].append(part.said["line"])
    waiting: dict[Key, Iterator[Key]] = {}
    for part in theirs.values():
        holder = part.place[0]
        if part.sort is Sort.LINE:
            if holder not in waiting:
                waiting[holder] = line_keys(_kept_key(holder, made), tuple(lines[holder]))
            yield next(waiting[holder])
        else:
            yield _kept_key(part.key, made)


def _kept_key(key: Key, made: Mapping[Key, Key]) -> Key:
    """What was not taken gets a key that nothing has: to the next version, it was taken away here."""
    return made.get(key) or (f"-{uuid4().hex}" if key.startswith("+") else key)


def _keep(notebook: Notebook, file: ImportedFile, synthesis: model.Synthesis, keys: list[Key]) -> None:
    written = to_dict(synthesis)
    # They are kept with the file.
    written.pop("warnings", None)
    ImportedText.objects.create(
        notebook=notebook,
        file=file,
        text=json.dumps(written, ensure_ascii=False, separators=(",", ":")),
        keys=keys,
    )
