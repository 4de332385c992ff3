"""Forms that organisers open, and the questions of questionnaires."""

# ruff: noqa: DJ008 - rows have no name of their own

from datetime import datetime
from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cahiers.consultations.models import Consultation, ConsultationTheme


class FormKind(models.TextChoices):
    SHEET = "sheet", pgettext_lazy("form", "Fiche retour d’expérience")
    SHORT = "short", pgettext_lazy("form", "Formulaire court")
    QUESTIONNAIRE = "questionnaire", pgettext_lazy("form", "Questionnaire")


class Access(models.TextChoices):
    PUBLIC = "public", pgettext_lazy("form", "Tout le monde, sans compte")
    MEMBERS = "members", pgettext_lazy("form", "L’équipe seule")


class Moderation(models.TextChoices):
    BEFORE = "before", pgettext_lazy("form", "Relu avant publication")
    AFTER = "after", pgettext_lazy("form", "Publié aussitôt, relu ensuite")


class Form(models.Model):
    """What people fill in; it takes nothing before it is released nor outside its window."""

    uuid = models.UUIDField(unique=True, default=uuid4, editable=False)
    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="forms")
    slug = models.SlugField(max_length=80)
    kind = models.TextField(choices=FormKind)
    title = models.TextField()
    intro = models.TextField(blank=True)
    #: Key of the method's stage whose window binds this form too; "" for none.
    stage = models.TextField(blank=True)
    access = models.TextField(choices=Access, default=Access.PUBLIC)
    moderation = models.TextField(choices=Moderation, default=Moderation.BEFORE)
    #: Keys of the categories that it is for; all where there is none.
    categories = models.JSONField(default=list, blank=True)
    #: What parents are told where minors may answer; nothing personal is asked of anyone.
    parental_notice = models.TextField(blank=True)
    #: Null until organisers release it.
    released_at = models.DateTimeField(null=True)
    opens = models.DateTimeField(null=True)
    closes = models.DateTimeField(null=True)

    class Meta:
        ordering = ("consultation", "pk")
        constraints = (
            models.UniqueConstraint(fields=("consultation", "slug"), name="form_slug_unique"),
            models.CheckConstraint(condition=~Q(title="") & ~Q(slug=""), name="form_titled"),
            models.CheckConstraint(condition=Q(kind__in=FormKind.values), name="form_kind_known"),
            models.CheckConstraint(condition=Q(access__in=Access.values), name="form_access_known"),
            models.CheckConstraint(
                condition=Q(moderation__in=Moderation.values), name="form_moderation_known"
            ),
            models.CheckConstraint(
                condition=Q(opens=None) | Q(closes=None) | Q(closes__gt=F("opens")), name="form_dates_ordered"
            ),
        )

    def __str__(self) -> str:
        return self.title

    def is_open(self, now: datetime) -> bool:
        """Whether its own window is; the consultation's and the stage's are asked for elsewhere."""
        return (
            self.released_at is not None
            and (self.opens is None or self.opens <= now)
            and (self.closes is None or now < self.closes)
        )


def in_words(answer: object) -> str:
    """A closed answer as Submission.answers keeps it, on one line."""
    if isinstance(answer, dict):
        return " ; ".join(f"{line} : {chosen}" for line, chosen in answer.items())
    return ", ".join(map(str, answer)) if isinstance(answer, list) else str(answer)


class QuestionType(models.TextChoices):
    OPEN = "open", _("Texte libre")
    CHOICE = "choice", _("Un choix")
    CHOICES = "choices", _("Plusieurs choix")
    SCALE = "scale", _("Échelle")
    MATRIX = "matrix", _("Grille")


class Question(models.Model):
    """A question of a questionnaire; the answers to an open one are contributions."""

    form = models.ForeignKey(Form, models.CASCADE, related_name="questions")
    position = models.PositiveIntegerField()
    #: Stands in stored answers; never reused in its form.
    key = models.SlugField(max_length=40)
    type = models.TextField(choices=QuestionType)
    text = models.TextField()
    help = models.TextField(blank=True)
    required = models.BooleanField(default=False)
    #: Kind of statement and theme of what an open one is answered.
    kind = models.TextField(blank=True)
    theme = models.ForeignKey(ConsultationTheme, models.SET_NULL, null=True, related_name="+")
    #: What can be chosen, in order: of a choice, of the columns of a matrix; of a scale, its two ends in words.
    options = models.JSONField(default=list, blank=True)
    #: Lines of a matrix, in order.
    lines = models.JSONField(default=list, blank=True)
    #: Steps of a scale, from 1.
    steps = models.PositiveSmallIntegerField(default=5)
    #: Asked only where the question of that key was answered with one of these; {} always.
    condition = models.JSONField(default=dict, blank=True)
    #: Keys of the categories that it is asked; all where there is none.
    categories = models.JSONField(default=list, blank=True)
    #: False once taken out of a form that was already answered.
    present = models.BooleanField(default=True)

    TYPES_WITH_OPTIONS: ClassVar[tuple[str, ...]] = (
        QuestionType.CHOICE,
        QuestionType.CHOICES,
        QuestionType.MATRIX,
    )

    class Meta:
        ordering = ("form", "position", "pk")
        constraints = (
            models.UniqueConstraint(fields=("form", "key"), name="question_key_unique"),
            models.CheckConstraint(condition=Q(type__in=QuestionType.values), name="question_type_known"),
            models.CheckConstraint(condition=~Q(text="") & ~Q(key=""), name="question_asked"),
            models.CheckConstraint(condition=Q(steps__gte=2, steps__lte=10), name="question_steps_few"),
        )

    def degrees(self) -> list[tuple[int, str]]:
        """Of a scale, from 1: each number as it is read, the first and the last with their words."""
        first, last = [*self.options, "", ""][:2]
        words = {1: first, self.steps: last}
        return [
            (step, f"{step}\u00a0: {words[step]}" if words.get(step) else str(step))
            for step in range(1, self.steps + 1)
        ]
