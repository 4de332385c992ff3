"""Voices of contributions, each counted once, added up by the database in one query whatever their number."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.core.cache import cache
from django.db import connection
from django.db.models import Case, Count, F, IntegerField, Max, Min, TextField, Value, When
from django.db.models.functions import Cast, Coalesce, Substr

from cahiers.consultations.models import Consultation
from cahiers.contributions.models import ContributionQuerySet
from cahiers.journal.models import Stream
from cahiers.territories.models import Territory

#: Seconds that numbers are kept at most.
KEPT = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """People by (path of the territory, category or ""), by channel and by the Monday of their week."""

    cells: Counter[tuple[str, str]] = field(default_factory=Counter)
    channels: Counter[str] = field(default_factory=Counter)
    weeks: Counter[date] = field(default_factory=Counter)
    contributions: int = 0

    @property
    def people(self) -> int:
        return self.channels.total()


def kept(consultation: Consultation) -> Counted:
    """All that stands, counted again once something has changed: at 600,000 contributions that takes seconds."""
    position = Stream.objects.filter(uuid=consultation.uuid).values_list("last", flat=True).first()
    # A meeting tells its own stream of what is said in it.
    newest = consultation.contributions.order_by("-pk").values_list("pk", flat=True).first()
    key = f"portrait:{consultation.uuid}:{position}:{newest}"
    found = cache.get(key)
    if not isinstance(found, Counted):
        found = count(consultation.contributions.standing())
        cache.set(key, found, KEPT)
    return found


def count(contributions: ContributionQuerySet) -> Counted:
    """A voice counts once, where it first spoke, for the most people that a text of its speaks for.

    It is known by its key, else by what was sent at once; a text that has neither is a voice of its own.
    """
    key = F("voice_key")
    said = (
        contributions.order_by()
        .annotate(
            sent=Case(When(voice_key="", then=F("submission_id")), output_field=IntegerField()),
            alone=Case(
                When(voice_key="", submission=None, then=F("pk")),
                default=Value(0),
                output_field=IntegerField(),
            ),
            # The first ten characters of a moment are its day, in UTC, on each database.
            day=Coalesce(
                Cast("said_on", TextField()),
                Substr(Cast("created_at", TextField()), 1, 10),
                output_field=TextField(),
            ),
        )
        .values("sent", "alone", key_of_voice=key)
        .annotate(
            people=Max("stands_for"),
            texts=Count("pk"),
            place=Min("territory_id"),
            who=Max("category"),
            way=Min("channel"),
            first=Min("day"),
        )
    )
    sql, given = said.query.sql_with_params()
    table = Territory._meta.db_table
    found = Counted()
    texts = 0
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH said AS ({sql})"  # noqa: S608 - what the ORM wrote, with its parameters beside it
            f" SELECT 'cell', t.path, who, SUM(people), SUM(texts) FROM said JOIN {table} t ON t.id = place"
            " GROUP BY t.path, who"
            " UNION ALL SELECT 'channel', way, '', SUM(people), 0 FROM said GROUP BY way"
            " UNION ALL SELECT 'day', first, '', SUM(people), 0 FROM said GROUP BY first",
            given,
        )
        for what, name, category, people, of in cursor.fetchall():
            texts += int(of)
            if what == "cell":
                found.cells[name, category or ""] += int(people)
            elif what == "channel":
                found.channels[name] += int(people)
            else:
                day = date.fromisoformat(name)
                found.weeks[day - timedelta(days=day.weekday())] += int(people)
    return Counted(cells=found.cells, channels=found.channels, weeks=found.weeks, contributions=texts)
