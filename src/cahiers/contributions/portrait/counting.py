"""Voices of contributions, each counted once, added up by the database in one query whatever their number."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.core.cache import cache
from django.db import connection
from django.db.models import BigIntegerField, Case, Count, F, Max, Min, When
from django.db.models.functions import Coalesce

from cahiers.consultations.models import Consultation
from cahiers.contributions.models import Contribution, ContributionQuerySet
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
    """A voice counts once, where and as it first spoke, for the most people that a text of its speaks for.

    It is known by its key, else by what was sent at once; a text that has neither is a voice of its own.
    """
    number = Case(
        When(voice_key="", then=Coalesce(F("submission_id"), -F("pk"))), output_field=BigIntegerField()
    )
    said = (
        contributions.order_by()
        .annotate(number=number)
        .values("voice_key", "number")
        .annotate(people=Max("stands_for"), texts=Count("pk"), opening=Min("pk"))
    )
    sql, given = said.query.sql_with_params()
    found = Counted()
    texts = 0
    with connection.cursor() as cursor:
        cursor.execute(_ADDED_UP.format(said=sql, day=_DAY[connection.vendor]), given)
        for place, category, channel, first, people, of in cursor.fetchall():
            texts += int(of)
            if first is not None:
                day = date.fromisoformat(str(first))
                found.weeks[day - timedelta(days=day.weekday())] += int(people)
                continue
            found.cells[place, category or ""] += int(people)
            found.channels[channel] += int(people)
    return Counted(cells=found.cells, channels=found.channels, weeks=found.weeks, contributions=texts)


#: The day of a moment, in UTC: as text SQLite has it already, and PostgreSQL makes it slowly.
_DAY = {"sqlite": "SUBSTR(c.created_at, 1, 10)", "postgresql": "CAST(c.created_at AS date)"}
#: Voices are found from few columns, and what their first text says is looked up: half of the time of sorting it along.
_ADDED_UP = f"""
    WITH said AS ({{said}}),
    spoken AS (
        SELECT c.territory_id, c.category, c.channel, said.people, said.texts,
            COALESCE(c.said_on, {{day}}) AS day
        FROM said JOIN {Contribution._meta.db_table} c ON c.id = said.opening
    )
    SELECT t.path, g.category, g.channel, NULL, g.people, g.texts FROM (
        SELECT territory_id, category, channel, SUM(people) AS people, SUM(texts) AS texts
        FROM spoken GROUP BY territory_id, category, channel
    ) g JOIN {Territory._meta.db_table} t ON t.id = g.territory_id
    UNION ALL SELECT NULL, NULL, NULL, day, SUM(people), 0 FROM spoken GROUP BY day
"""  # noqa: S608 - names of tables, and what the ORM wrote with its parameters beside it
