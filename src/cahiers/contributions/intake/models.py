"""Tables on their way in, the mappings kept for the next ones, and the line that each contribution came from."""

# ruff: noqa: DJ008 - rows have no name of their own

from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cahiers.consultations.models import Consultation
from cahiers.journal.models import Personal
from cahiers.territories.models import Territory

_CONSULTATION = _("aussi longtemps que la concertation")
_PROVENANCE = _("retrouver d’où vient ce qui a été importé")
_UNTIL_ERASED = _("jusqu’à ce que son effacement soit demandé")
_WEEK = _("sept jours après l’import ou l’abandon")


class State(models.TextChoices):
    DROPPED = "dropped", pgettext_lazy("table", "à faire correspondre")
    CHECKING = "checking", pgettext_lazy("table", "vérification en cours")
    CHECKED = "checked", pgettext_lazy("table", "vérifié, à importer")
    IMPORTING = "importing", pgettext_lazy("table", "import en cours")
    UNDOING = "undoing", pgettext_lazy("table", "annulation en cours")
    DONE = "done", pgettext_lazy("table", "importé")
    LEFT = "left", pgettext_lazy("table", "laissé")


#: Those that a thread works on (see working.py), and those whose file is kept.
WORKING = (State.CHECKING, State.IMPORTING, State.UNDOING)
OPEN = (State.DROPPED, State.CHECKED, *WORKING)

#: What a dry run counts, and what an import adds to it.
COUNTS = (
    *("lines", "records", "rejected", "empty_answers", "silent_lines", "repeated_headers", "recoded_lines"),
    "withdrawn",
    *("known", "added", "held", "sessions"),
)


class SavedMapping(models.Model):
    """What the columns of a kind of file say, and what the names in them stand for, under a name of its own."""

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="table_mappings")
    name = models.TextField()
    #: As tables.Mapping.as_json gives it.
    mapping = models.JSONField()
    #: See TableImport.names.
    names = models.JSONField(default=dict)
    given = models.JSONField(default=dict)
    at = models.DateTimeField()

    PERSONAL: ClassVar[Personal] = {
        "names": (_("reconnaître les noms de lieux et de catégories"), _CONSULTATION),
    }

    class Meta:
        ordering = ("consultation", "name")
        constraints = (
            models.UniqueConstraint(fields=("consultation", "name"), name="table_mapping_name_unique"),
            models.CheckConstraint(condition=~Q(name=""), name="table_mapping_named"),
        )

    def __str__(self) -> str:
        return self.name


class TableImport(models.Model):
    """A table that was dropped: its file while it is needed, how it is read, and how the import went.

    Files stand in MEDIA_ROOT under its uuid (see files.py); no address serves them but that of rejected lines.
    """

    uuid = models.UUIDField(unique=True, default=uuid4, editable=False)
    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="table_imports")
    #: Where lines that name no place come from; nothing is written outside of it.
    territory = models.ForeignKey(Territory, models.PROTECT, related_name="table_imports")
    name = models.TextField()
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    #: Name of the LimeSurvey structure that came with it; "" for none.
    structure = models.TextField(blank=True)
    shape = models.TextField(blank=True)
    #: Which of the file's tables, from 0.
    table = models.PositiveSmallIntegerField(default=0)
    mapping = models.JSONField(default=dict)
    #: What people chose for names that say nothing by themselves: {"territory": {text: key, "" to ignore}, …}.
    names = models.JSONField(default=dict)
    #: See reading.Given.
    given = models.JSONField(default=dict)
    state = models.TextField(choices=State, default=State.DROPPED)
    #: Why its file could not be read to its end, in French; "" while it can.
    refusal = models.TextField(blank=True)
    #: Counts of the dry run, then of the import: see COUNTS.
    counts = models.JSONField(default=dict)
    #: The first problems, as tables.Problem; the file of rejected lines has them all.
    problems = models.JSONField(default=list)
    #: Names that are unknown or only near, the most frequent first: see matching.Unknown.
    unknown = models.JSONField(default=list)
    #: True: nothing unless every line is right.
    whole = models.BooleanField(default=False)
    #: How many records or problems of the file are behind, while it is imported.
    position = models.PositiveBigIntegerField(default=0)
    #: Hundredths of the present work that are behind, who does it, and when they said so last.
    share = models.PositiveSmallIntegerField(default=0)
    worker = models.UUIDField(null=True)
    beat = models.DateTimeField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    #: The next table of its file, which is kept for it a week after the end; null for none.
    following = models.PositiveSmallIntegerField(null=True)

    PERSONAL: ClassVar[Personal] = {
        "name": (_("retrouver d’où vient ce qui a été importé"), _CONSULTATION),
        "problems": (_("corriger les lignes qui n’ont pas pu être lues"), _WEEK),
        "refusal": (_("dire pourquoi un tableau ne se lit pas"), _WEEK),
        "unknown": (_("reconnaître les noms de lieux et de catégories"), _("jusqu’à l’import ou l’abandon")),
        "names": (_("reconnaître les noms de lieux et de catégories"), _CONSULTATION),
        "by": (_("dire qui a importé un tableau"), _("jusqu’à la suppression du compte")),
    }

    class Meta:
        ordering = ("-at", "-pk")
        constraints = (
            models.CheckConstraint(condition=Q(state__in=State.values), name="table_import_state_known"),
            models.CheckConstraint(
                condition=Q(state__in=OPEN, ended_at=None) | (~Q(state__in=OPEN) & Q(ended_at__isnull=False)),
                name="table_import_ends",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("table_import", args=[self.consultation.slug, self.uuid])

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def has_file(self) -> bool:
        return self.is_open or self.following is not None

    @property
    def counted(self) -> dict[str, int]:
        """All counts; 0 for what is not counted yet."""
        return {**dict.fromkeys(COUNTS, 0), **self.counts}


class ImportedLine(models.Model):
    """Where in which file a contribution stood."""

    contribution = models.OneToOneField(
        "contributions.Contribution", models.CASCADE, primary_key=True, related_name="imported_line"
    )
    table = models.ForeignKey(TableImport, models.PROTECT, related_name="lines")
    #: As an editor or a spreadsheet numbers it, from 1, and the header of its column.
    line = models.PositiveBigIntegerField()
    column = models.TextField()
    #: What the other platform calls it, and what it is a comment on there.
    identifier = models.TextField(blank=True)
    parent = models.TextField(blank=True)
    #: Of its own page there, which comments name.
    address = models.TextField(blank=True)

    PERSONAL: ClassVar[Personal] = {
        "address": (_PROVENANCE, _UNTIL_ERASED),
        "identifier": (_PROVENANCE, _UNTIL_ERASED),
        "parent": (_PROVENANCE, _UNTIL_ERASED),
    }

    class Meta:
        ordering = ("table", "line", "pk")
        indexes = (
            models.Index(fields=("identifier",), name="imported_line_by_identifier"),
            models.Index(fields=("address",), name="imported_line_by_address"),
        )
