"""Territories as a tree."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    NATION = "nation", _("Nation")
    REGION = "region", _("Région académique")
    ACADEMY = "academy", _("Académie")
    DEPARTMENT = "department", _("Département")
    BASIN = "basin", _("Bassin")
    ESTABLISHMENT = "establishment", _("Établissement")

    @property
    def depth(self) -> int:
        """0 for the nation, one more a level; a tree may skip levels."""
        return list(Level).index(self)


def lineage_of(path: str) -> list[str]:
    """Paths from the root down to that one."""
    slugs = path.rstrip("/").split("/")
    return ["/".join(slugs[: depth + 1]) + "/" for depth in range(len(slugs))]


class TerritoryQuerySet(models.QuerySet["Territory"]):
    def within(self, *tops: "Territory") -> "TerritoryQuerySet":
        """These territories and all that lies below them, in tree order, in one query."""
        below = Q(pk__in=())
        for top in tops:
            below |= Q(path__startswith=top.path)
        return self.filter(below).order_by("path")

    def leading_to(self, *paths: str) -> "TerritoryQuerySet":
        """The territories of these paths and all that lies above them, in tree order, in one query."""
        return self.filter(path__in={above for path in paths for above in lineage_of(path)}).order_by("path")


class Territory(models.Model):
    """A place in the tree; `path` spells the slugs from the root, each followed by a slash."""

    uuid = models.UUIDField(unique=True, default=uuid4, editable=False)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    level = models.TextField(choices=Level)
    code = models.TextField(blank=True)
    name = models.TextField()
    slug = models.SlugField(max_length=80)
    path = models.CharField(max_length=500, unique=True)
    time_zone = models.TextField(default="Europe/Paris")

    objects = TerritoryQuerySet.as_manager()

    class Meta:
        ordering = ("path",)
        constraints = (
            models.CheckConstraint(condition=Q(level__in=Level.values), name="territory_level_known"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(slug=""), name="territory_named"),
            models.CheckConstraint(condition=Q(path__endswith="/"), name="territory_path_closed"),
            models.UniqueConstraint(
                fields=("level", "code"), condition=~Q(code=""), name="territory_code_unique"
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def lineage(self) -> list[str]:
        """Paths from the root down to this territory."""
        return lineage_of(self.path)

    @property
    def depth(self) -> int:
        """How many territories lie above it."""
        return self.path.count("/") - 1

    def is_within(self, top: "Territory") -> bool:
        return self.path.startswith(top.path)
