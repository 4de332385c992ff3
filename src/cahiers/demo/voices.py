"""What four hundred people say in the demo, through every channel, week after week; some say nothing."""

import csv
import io
import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from importlib.resources.abc import Traversable
from typing import Any
from uuid import UUID, uuid5

from cahiers.consultations.models import Consultation, ConsultationTheme
from cahiers.contributions.actions.submitting import Sent, submit_all
from cahiers.contributions.actions.taking import Draft
from cahiers.contributions.intake import actions as tables
from cahiers.contributions.intake import advancing
from cahiers.contributions.intake.models import TableImport
from cahiers.contributions.intake.reading import Given
from cahiers.contributions.models import (
    FEEDBACK,
    Channel,
    Consent,
    Contribution,
    Form,
    FormKind,
    Moderation,
    Status,
)
from cahiers.contributions.moderating import actions as moderating
from cahiers.contributions.paper import actions as paper
from cahiers.contributions.sheets import text_of
from cahiers.contributions.tables import Mapping as Columns
from cahiers.territories.models import Territory

#: The same demo each time.
SEED = 1789
#: Of ten public remarks, how many begin with who speaks.
INTRODUCED = 4
#: Of ten texts, how many may be published.
PUBLIC = 8
#: Sheets of a feedback form, beside short remarks.
RETEX = ("context", "worked", "failed", "avoid")


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """What one person says. `week` counts from the opening, 0 to 1."""

    kind: str
    theme: str
    category: str
    place: str
    week: float
    text: str
    title: str = ""
    parts: Mapping[str, str] | None = None


def speak(
    plan: Mapping[str, Any], folder: Traversable, now: datetime, progress: Callable[[str], None]
) -> None:
    """Forms are opened, and every voice of the plan is heard; the tables that it names are in `folder`."""
    consultation = Consultation.objects.get(slug=plan["consultation"])
    dice = random.Random(SEED)  # noqa: S311 - nothing is kept secret by it
    forms = {one["kind"]: _form(consultation, one, now) for one in plan["forms"]}
    stage = _Stage(consultation, forms, dice, now)
    count = plan["channels"]
    remarks = _remarks(plan, dice)
    for text in (*plan["twins"], *plan["twins"]):
        stage.submit(_loose(plan, dice, "irritant", text), Channel.FORM)
    for one in plan["personal"]:
        voice = _loose(plan, dice, one["kind"], one["text"], theme=one["theme"], category=one["category"])
        stage.submit(voice, Channel.FORM)
    for text in plan["hidden"]["texts"]:
        stage.submit(_loose(plan, dice, "irritant", text), Channel.FORM)
    odd = 2 * len(plan["twins"]) + len(plan["personal"]) + len(plan["hidden"]["texts"])
    sheets = list(_sheets(plan, dice))
    for voice in sheets:
        stage.submit(voice, Channel.FORM)
    for _ in range(count["form"] - odd - len(sheets)):
        stage.submit(next(remarks), Channel.FORM)
    for channel in (Channel.LETTER, Channel.PHONE):
        for _ in range(count[channel]):
            stage.submit(next(remarks), channel)
    stage.print_and_enter([next(remarks) for _ in range(count["paper"])])
    stage.survey([next(remarks) for _ in range(count["survey"])])
    for table in plan["tables"]:
        file = folder / table["file"]
        found = stage.bring_in(file.read_bytes(), file.name, Channel.IMPORT)
        tables.save_mapping(found=found, name=table["mapping"], now=now)
    stage.moderate(plan)
    progress(
        f"  {consultation.contributions.filter(channel__in=[*count, Channel.IMPORT]).count()} contributions"
    )


def _form(consultation: Consultation, told: Mapping[str, Any], now: datetime) -> Form:
    return Form.objects.create(
        consultation=consultation,
        kind=FormKind(told["kind"]),
        slug=told["slug"],
        title=told["title"],
        intro=told["intro"],
        moderation=Moderation(told["moderation"]),
        released_at=now,
    )


class _Stage:
    """Where voices are heard: the forms, the places and the themes of the demo."""

    def __init__(
        self, consultation: Consultation, forms: Mapping[str, Form], dice: random.Random, now: datetime
    ) -> None:
        self._consultation, self._forms, self._dice, self._now = consultation, forms, dice, now
        within = Territory.objects.within(*consultation.territories.all())
        self._places: dict[str, Territory] = {one.name: one for one in within}
        self._themes: dict[str, ConsultationTheme] = {one.key: one for one in consultation.themes.all()}
        self._count = 0

    def submit(self, voice: Voice, channel: Channel) -> None:
        sent = replace(self._sent(voice, channel), receipt=f"{self._dice.getrandbits(128):032x}")
        submit_all(consultation=self._consultation, sent=sent, by=None, now=self._at(voice), checked=False)

    def print_and_enter(self, voices: list[Voice]) -> None:
        """Sheets that came back; five more wait on a table."""
        form = self._forms[FormKind.SHORT]
        sheets = paper.print_sheets(form=form, count=len(voices) + 5, by=None, now=self._now)
        for voice, (sheet, _token) in zip(voices, sheets, strict=False):
            sent = self._sent(voice, Channel.PAPER)
            paper.enter(form=form, sent=sent, sheet=sheet, by=None, now=self._at(voice))

    def survey(self, voices: list[Voice]) -> None:
        """A form's answers, as a spreadsheet keeps them."""
        names = {one.key: one.label for one in self._consultation.method.categories}
        labels = {one.kind: one.label for stage in self._consultation.method.stages for one in stage.columns}
        text = io.StringIO()
        lines = csv.writer(text, delimiter=";")
        lines.writerow(["Horodateur", "Vous êtes", "Département", "Thème", "C’est plutôt", "Votre remarque"])
        for voice in voices:
            theme = self._themes[voice.theme].title
            row = (names[voice.category], voice.place, theme, labels[voice.kind], voice.text)
            lines.writerow([f"{self._at(voice):%d/%m/%Y %H:%M}", *row])
        self.bring_in(text.getvalue().encode(), "enquete-departements.csv", Channel.SURVEY)

    def bring_in(self, data: bytes, name: str, channel: Channel) -> TableImport:
        """Another platform's export, imported as anyone would."""
        found = tables.drop(
            consultation=self._consultation,
            territory=self._consultation.territories.get(),
            stream=io.BytesIO(data),
            name=name,
            size=len(data),
            by=None,
            now=self._now,
        )
        tables.settle(
            found=found,
            mapping=Columns.from_json(found.mapping),
            given=Given(channel=channel, consent=Consent.PUBLIC, reads_before=False),
            territory=found.territory,
        )
        advancing.check(found=found, now=self._now)
        tables.begin(found=found, whole=True)
        advancing.advance(found=found, by=None, now=self._now)
        return found

    def moderate(self, plan: Mapping[str, Any]) -> None:
        """What hurts is hidden, what is said twice is one, and most of what waited is read."""
        said = self._consultation.contributions.select_related("current", "consultation")
        for one in said.filter(current__text__in=plan["hidden"]["texts"]):
            moderating.hide(contribution=one, reason=plan["hidden"]["because"], **self._seen(one))
        for text in plan["twins"]:
            first, *copies = said.filter(current__text=text).order_by("pk")
            for one in copies:
                moderating.merge(contribution=one, other=first, **self._seen(one))
        waiting = said.filter(status=Status.PENDING, flags=None).order_by("pk")
        for one in list(waiting)[: waiting.count() * 2 // 3]:
            moderating.accept(contribution=one, **self._seen(one))

    def _seen(self, one: Contribution) -> dict[str, Any]:
        return {"seen": moderating.state_of(one), "command": self._uuid(), "by": None, "now": self._now}

    def _sent(self, voice: Voice, channel: Channel) -> Sent:
        uuid = self._uuid()
        draft = Draft(
            uuid=uuid5(uuid, "text"),
            territory=self._places[voice.place],
            channel=channel,
            text=voice.text,
            kind=voice.kind,
            theme=self._themes.get(voice.theme),
            category=voice.category,
            consent=Consent.PUBLIC if self._dice.randrange(10) < PUBLIC else Consent.INTERNAL,
            status=Status.PENDING if voice.parts else Status.ACCEPTED,
            title=voice.title,
            parts=voice.parts or {},
        )
        return Sent(
            uuid=uuid,
            territory=draft.territory,
            channel=channel,
            form=self._form(voice),
            category=voice.category,
            drafts=[draft],
        )

    def _form(self, voice: Voice) -> Form:
        return self._forms[FormKind.SHEET if voice.parts else FormKind.SHORT]

    def _at(self, voice: Voice) -> datetime:
        """In the voice's week, never later than now."""
        opens, closes = self._consultation.opens, self._consultation.closes
        assert opens is not None
        assert closes is not None
        start = self._now.replace(year=opens.year, month=opens.month, day=opens.day, hour=7, minute=0)
        span = min(self._now - start, timedelta(days=(closes - opens).days))
        return min(self._now, start + max(span, timedelta()) * voice.week)

    def _uuid(self) -> UUID:
        self._count += 1
        return uuid5(self._consultation.uuid, f"voice {self._count}")


def _remarks(plan: Mapping[str, Any], dice: random.Random) -> Iterator[Voice]:
    """Each core of a remark with one of its own consequences, or none; no text comes twice."""
    seen = set()
    while True:
        core = dice.choice(plan["said"])
        category = dice.choice(core["by"])
        words = [core["text"], dice.choice(["", *core["then"]])]
        if dice.randrange(10) < INTRODUCED:
            words.insert(0, dice.choice(plan["openings"][category]))
        text = " ".join(filter(None, words))
        if text not in seen:
            seen.add(text)
            yield _loose(plan, dice, core["kind"], text, theme=core["theme"], category=category)


def _sheets(plan: Mapping[str, Any], dice: random.Random) -> Iterator[Voice]:
    for one in plan["sheets"]:
        parts = {name: one[name] for name in RETEX}
        said = _loose(
            plan, dice, FEEDBACK, text_of(parts), theme=one["theme"], category=dice.choice(one["by"])
        )
        # A sheet comes from an establishment where it says so.
        yield replace(said, title=one["title"], parts=parts, place=one.get("place", said.place))


def _loose(
    plan: Mapping[str, Any],
    dice: random.Random,
    kind: str,
    text: str,
    *,
    theme: str = "",
    category: str = "users",
) -> Voice:
    """Said somewhere, some week; never where its group stays silent."""
    silent = {place for group, place in plan["silent"] if group == category}
    places = {name: weight for name, weight in plan["places"].items() if name not in silent}
    weeks = plan["weeks"]
    week = dice.choices(range(len(weeks)), weeks)[0]
    return Voice(
        kind=kind,
        theme=theme,
        category=category,
        place=dice.choices(list(places), list(places.values()))[0],
        week=(week + dice.random()) / len(weeks),
        text=text,
    )
