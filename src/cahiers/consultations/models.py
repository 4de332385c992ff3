"""Consultations with their own themes, territories, dates and team."""

# ruff: noqa: DJ008 - rows have no name of their own

from datetime import datetime
from functools import cached_property
from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cahiers import methods
from cahiers.accounts.models import Person
from cahiers.journal.models import Personal
from cahiers.territories.models import Territory
from cahiers.ui.addresses import address

#: First words of addresses that are pages of the site, or are kept for one to come.
RESERVED = (
    *("static", "compte", "aide", "api", "mentions-legales", "accessibilite", "donnees-personnelles"),
    *("e", "f", "l", "p", "q", "r", "s", "t", "rejoindre", "contribuer", "recu", "avis"),
    *("direct", "media", "sw.js"),
)


class ConsultationQuerySet(models.QuerySet["Consultation"]):
    def published(self) -> "ConsultationQuerySet":
        return self.filter(published_at__isnull=False)

    def of_member(self, person: Person) -> "ConsultationQuerySet":
        return self.filter(pk__in=Membership.objects.held().filter(person=person).values("consultation"))


class Consultation(models.Model):
    """A concertation that follows a method, on its own themes, in its territories."""

    uuid = models.UUIDField(unique=True, default=uuid4, editable=False)
    slug = models.SlugField(max_length=80, unique=True)
    title = models.TextField()
    description = models.TextField(blank=True)
    method_key = models.TextField()
    opens = models.DateField(null=True)
    closes = models.DateField(null=True)
    published_at = models.DateTimeField(null=True)
    #: Territories that are consulted; what lies below them is too.
    territories = models.ManyToManyField(Territory, related_name="consultations")

    objects = ConsultationQuerySet.as_manager()

    class Meta:
        ordering = ("-opens", "title")
        constraints = (
            models.CheckConstraint(condition=~Q(title="") & ~Q(slug=""), name="consultation_titled"),
            models.CheckConstraint(condition=~Q(slug__in=RESERVED), name="consultation_slug_free"),
            models.CheckConstraint(
                condition=Q(opens=None) | Q(closes=None) | Q(closes__gte=F("opens")),
                name="consultation_dates_ordered",
            ),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return address("consultation", self.slug)

    @property
    def is_published(self) -> bool:
        return self.published_at is not None

    @cached_property
    def method(self) -> methods.Method:
        """Its method, with its own themes and their aliases: what readers and writers are handed."""
        return methods.get(self.method_key).with_themes(
            tuple(theme.as_method_theme() for theme in self.themes.all())
        )

    @cached_property
    def time_zone(self) -> str:
        """That of its territories, where they share one; else the site's. One query."""
        zones = set(self.territories.values_list("time_zone", flat=True))
        return zones.pop() if len(zones) == 1 else settings.TIME_ZONE

    def covers(self, territory: Territory) -> bool:
        return any(territory.is_within(top) for top in self.territories.all())


class ConsultationTheme(models.Model):
    """A theme, copied from the method when the consultation is made, and its organisers' own from then on."""

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="themes")
    key = models.SlugField(max_length=80)
    title = models.TextField()
    aliases = models.JSONField(default=list, blank=True)
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("consultation_id", "order")
        constraints = (
            models.UniqueConstraint(fields=("consultation", "key"), name="theme_key_unique"),
            models.UniqueConstraint(fields=("consultation", "order"), name="theme_order_unique"),
            models.CheckConstraint(condition=~Q(title="") & ~Q(key=""), name="theme_titled"),
        )

    def __str__(self) -> str:
        return self.title

    def as_method_theme(self) -> methods.Theme:
        return methods.Theme(key=self.key, title=self.title, aliases=tuple(self.aliases))


class StageWindow(models.Model):
    """When a stage of the method is open; either end may be left open."""

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="windows")
    stage = models.TextField()
    opens = models.DateTimeField(null=True)
    closes = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("consultation", "stage"), name="window_stage_unique"),
            models.CheckConstraint(
                condition=Q(opens=None) | Q(closes=None) | Q(closes__gt=F("opens")),
                name="window_dates_ordered",
            ),
        )

    def is_open_at(self, now: datetime) -> bool:
        return (self.opens is None or self.opens <= now) and (self.closes is None or now < self.closes)


class Role(models.TextChoices):
    ORGANISER = "organiser", pgettext_lazy("role", "Organisation")
    FACILITATOR = "facilitator", pgettext_lazy("role", "Animation")
    READER = "reader", pgettext_lazy("role", "Lecture")


#: Nobody was waited for, or they signed in for the first time before the invitation lapsed.
TAKEN_UP = Q(answer_by=None) | Q(person__first_login__lte=F("answer_by"))


class MembershipQuerySet(models.QuerySet["Membership"]):
    def current(self) -> "MembershipQuerySet":
        """Not ended; invitations that wait or have lapsed are among them."""
        return self.filter(until=None)

    def held(self) -> "MembershipQuerySet":
        """Current, and taken up in time by whoever was invited."""
        return self.current().filter(TAKEN_UP)

    def in_time(self, now: datetime) -> "MembershipQuerySet":
        """Without the invitations that have lapsed."""
        return self.filter(TAKEN_UP | Q(person__first_login=None, answer_by__gt=now))


class Membership(models.Model):
    """A role that someone holds in a consultation from a moment on, in a territory and below it or in all of them.

    Only `until` and `answer_by` ever change: another role is another membership, so that the journal's identifiers
    lead to who held which. Given to a person who never signed in, it is an invitation.
    """

    uuid = models.UUIDField(unique=True, default=uuid4, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="memberships")
    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="memberships")
    territory = models.ForeignKey(Territory, models.PROTECT, null=True, related_name="memberships")
    role = models.TextField(choices=Role)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    #: When the invitation lapses, unless the person has signed in by then; null where nobody waits for that.
    answer_by = models.DateTimeField(null=True)

    objects = MembershipQuerySet.as_manager()

    PERSONAL: ClassVar[Personal] = {
        "person": (_("dire qui peut quoi dans une concertation"), _("jusqu’à la suppression du compte")),
        "role": (_("dire qui peut quoi dans une concertation"), _("jusqu’à la suppression du compte")),
        "territory": (_("dire où s’exerce le rôle"), _("jusqu’à la suppression du compte")),
        "since": (_("dire qui pouvait quoi, et quand"), _("jusqu’à la suppression du compte")),
        "until": (_("dire qui pouvait quoi, et quand"), _("jusqu’à la suppression du compte")),
        "answer_by": (_("laisser expirer une invitation"), _("jusqu’à la suppression du compte")),
    }

    class Meta:
        constraints = (
            # Two constraints: in SQL a null equals no other, and only recent databases can be told otherwise.
            models.UniqueConstraint(
                fields=("person", "consultation", "territory"),
                condition=Q(until=None, territory__isnull=False),
                name="membership_of_territory_unique",
            ),
            models.UniqueConstraint(
                fields=("person", "consultation"),
                condition=Q(until=None, territory=None),
                name="membership_of_whole_unique",
            ),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="membership_role_known"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="membership_dates_ordered"
            ),
        )

    @property
    def is_pending(self) -> bool:
        """Whether it waits for the person's first sign-in, or did until it lapsed."""
        return self.person.first_login is None or self.is_lapsed

    @property
    def is_lapsed(self) -> bool:
        """Whether the person did not sign in for the first time in time."""
        came = self.person.first_login or timezone.now()
        return self.answer_by is not None and came > self.answer_by

    def extends_to(self, territory: Territory | None) -> bool:
        """Whether it holds in that territory; None is the consultation as a whole."""
        return self.territory is None or (territory is not None and territory.is_within(self.territory))
