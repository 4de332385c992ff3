"""What differs between versions, in words: what was done to what, where, and what each version says."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from cahiers.documents.model import Participant
from cahiers.methods import Method
from cahiers.notebooks.merging.comparing import PLACE, Change, Comparison, Side
from cahiers.notebooks.merging.tree import Part, Sort

#: Characters of a row's first words, where it has no name.
FEW = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Lines that each version says of a change; None for one that has nothing there."""

    what: str
    deed: str
    base: list[str] | None
    ours: list[str] | None
    theirs: list[str] | None


class Wording:
    """Puts the changes of one comparison into words."""

    def __init__(self, comparison: Comparison, method: Method) -> None:
        self.comparison = comparison
        self.method = method

    def words(self, change: Change) -> Words:
        fields = _differing(change)
        base, ours, theirs = (self._lines(change, side, fields) if side else None for side in change.sides)
        return Words(what=self._what(change), deed=_deed(change, fields), base=base, ours=ours, theirs=theirs)

    def where(self, change: Change) -> tuple[str, str]:
        """Theme and stage, "" for what is in none."""
        part = change.part
        assert part is not None
        trail = list(self._trail(part))
        theme = next((one for one in trail if one.sort is Sort.THEME), None)
        row = next((one for one in trail if one.sort is Sort.ROW), None)
        if theme is None:
            return "", ""
        stage = row.place[1] if row else ""
        feedback = self.method.feedback.title if self.method.feedback and part.sort is Sort.SHEET else ""
        return theme.said["title"] or _("Sans titre"), self.method.stage(stage).title if stage else feedback

    def _trail(self, part: Part) -> Iterator[Part]:
        """It, and what holds it, up to the notebook."""
        yield part
        for tree in (self.comparison.ours, self.comparison.theirs, self.comparison.base):
            if part.place[0] in tree:
                yield from self._trail(tree[part.place[0]])
                return

    def _what(self, change: Change) -> str:
        part = change.part
        assert part is not None
        if change.order is not None:
            return {
                Sort.STATEMENT: _("Ordre des énoncés"),
                Sort.ROW: _("Ordre des lignes"),
                Sort.SHEET: _("Ordre des retours d’expérience"),
                Sort.MEETING: _("Ordre des sessions"),
            }.get(part.sort, _("Ordre des participants"))
        if part.sort is Sort.STATEMENT:
            return self._column(part)
        return {
            Sort.HEAD: _("En-tête"),
            Sort.MEETING: _("Session"),
            Sort.LINE: _("Participants"),
            Sort.THEME: _("Thème"),
            Sort.SHEET: _("Retour d’expérience"),
            Sort.ROW: _("Ligne"),
        }[part.sort]

    def _column(self, statement: Part) -> str:
        row = next((one for one in self._trail(statement) if one.sort is Sort.ROW), None)
        if row is None:
            return statement.place[1]
        return self.method.stage(row.place[1]).column(statement.place[1]).label

    def _lines(self, change: Change, side: Side, fields: set[str]) -> list[str]:
        if change.order is not None:
            return [self._short(part) for part in side.held]
        lines = [self._said(side.part, fields), *map(self._held, side.held)]
        if PLACE in fields:
            lines.append(self._place(side.part))
        return [line for line in lines if line] or [_("Sans nom")]

    def _held(self, part: Part) -> str:
        if part.sort is Sort.STATEMENT:
            return f"{self._column(part)} : {self._said(part, set())}"
        return self._said(part, set())

    def _said(self, part: Part, fields: set[str]) -> str:
        said = part.said
        match part.sort:
            case Sort.STATEMENT:
                return f"{said['text']}{self._stress(part) if 'emphasised' in fields else ''}"
            case Sort.ROW:
                cited = ", ".join(map(str, said["feedback"]))
                word = self.method.feedback.word if self.method.feedback else ""
                texts = (said["name"], said["theme_text"], f"{word} {cited}" if cited else "")
                return " · ".join(filter(None, (*texts, *said["feedback_text"])))
            case Sort.SHEET:
                number = f"{said['number']}." if said["number"] is not None else ""
                scope = f"({said['scope']})" if said["scope"] else ""
                return " ".join(filter(None, (number, scope, said["text"], *said["links"])))
            case Sort.THEME:
                number = f"{said['number']}. " if said["number"] is not None else ""
                return f"{number}{said['title'] or _('Sans titre')}"
            case Sort.LINE:
                return _participants(said["line"])
            case Sort.MEETING:
                people, note = said["facilitators"]
                names = [" ".join(filter(None, (one.name, one.role, one.note))) for one in people]
                form = {"in_person": _("Présentiel"), "remote": _("Distanciel")}.get(said["format"], "")
                hybrid = _("Présentiel et distanciel") if said["format"] == "hybrid" else ""
                parts = (said["label"], *said["dates"][0], form or hybrid, *names, note)
                return " · ".join(filter(None, parts)) or _("Sans titre")
        return " · ".join(filter(None, (said["territory"], said["consultation"])))

    def _stress(self, part: Part) -> str:
        return " " + (_("(souligné)") if part.said["emphasised"] else _("(non souligné)"))

    def _place(self, part: Part) -> str:
        """Where it stands, from the theme down."""
        trail = list(self._trail(part))[1:]
        named = [self._named(one) for one in reversed(trail)]
        stage = next((one.place[1] for one in (part, *trail) if one.sort is Sort.ROW), "")
        if stage:
            named.insert(1, self.method.stage(stage).title)
        if part.sort is Sort.STATEMENT:
            named.append(self._column(part))
        return f"→ {' – '.join(named)}"

    def _named(self, part: Part) -> str:
        if part.sort is Sort.ROW:
            return f"« {self._short(part)} »"
        return self._said(part, set())

    def _short(self, part: Part) -> str:
        """A row by its name, or by how it begins."""
        words = self._said(part, set())
        if part.sort is Sort.ROW and not part.said["name"]:
            words = next(
                (
                    one.said["text"]
                    for tree in (self.comparison.ours, self.comparison.theirs, self.comparison.base)
                    for one in tree.values()
                    if one.place[0] == part.key
                ),
                words,
            )
        words = words or _("Sans nom")
        return words if len(words) <= FEW else f"{words[: FEW - 1]}…"


def _differing(change: Change) -> set[str]:
    """Fields in which any two versions differ."""
    parts = [side.part.fields for side in change.sides if side is not None]
    return {name for name in parts[0] if any(one[name] != parts[0][name] for one in parts)}


def _deed(change: Change, fields: set[str]) -> str:
    base, ours, theirs = change.sides
    if change.order is not None:
        return pgettext("change", "autre ordre")
    if base is None and not (ours and theirs):
        return pgettext("change", "ajout")
    if ours is None and theirs is None:
        return pgettext("change", "suppression")
    if base and ours is None:
        return pgettext("change", "suppression dans le cahier")
    if base and theirs is None:
        return pgettext("change", "suppression dans le document")
    deeds = [pgettext("change", "déplacement")] if PLACE in fields else []
    if "emphasised" in fields:
        deeds.append(pgettext("change", "soulignement"))
    if fields - {PLACE, "emphasised"} or not deeds:
        deeds.insert(0, pgettext("change", "correction"))
    return ", ".join(deeds)


def _participants(line: Participant) -> str:
    counts = [str(line.count)] if line.count is not None else []
    if line.surveyed is not None:
        counts.append(
            ngettext("dont %d réponse à une enquête", "dont %d réponses à une enquête", line.surveyed)
            % line.surveyed
        )
    if line.establishments is not None:
        counts.append(
            ngettext("%d établissement", "%d établissements", line.establishments) % line.establishments
        )
    mark = "☒" if line.checked else "☐"
    return f"{mark} {line.label} : {', '.join((*counts, *filter(None, (line.note,)))) or '–'}"
