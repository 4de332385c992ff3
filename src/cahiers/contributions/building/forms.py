"""What organisers fill in to make a form and its questions."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cahiers.consultations.models import Consultation
from cahiers.contributions.building.actions import Told
from cahiers.contributions.building.questions import Wording
from cahiers.contributions.models import Access, Form, FormKind, Moderation, Question, QuestionType
from cahiers.documents.matching import fold
from cahiers.ui.forms import CommandForm, LinesField, MomentInput, SeenForm

#: Answers that can be chosen, and lines of a matrix: what fits on a telephone.
MOST_OPTIONS = 40
MOST_LINES = 20
#: Characters of one of them.
LONGEST_OPTION = 200


class FormFields(forms.Form):
    """What can be told of a form when it is made, and changed later."""

    title = forms.CharField(label=_("Titre"), max_length=200, widget=forms.TextInput(attrs={"lang": "fr"}))
    intro = forms.CharField(
        label=_("Présentation"),
        required=False,
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 3, "lang": "fr"}),
    )
    access = forms.ChoiceField(label=_("Qui le remplit"), widget=forms.RadioSelect, choices=Access.choices)
    moderation = forms.ChoiceField(label=_("Relecture"), widget=forms.RadioSelect, choices=Moderation.choices)
    stage = forms.ChoiceField(
        label=_("Étape"),
        required=False,
        help_text=_("Le formulaire n’est ouvert que lorsque l’étape l’est aussi."),
    )
    opens = forms.DateTimeField(label=_("Ouvre le"), required=False, widget=MomentInput())
    closes = forms.DateTimeField(label=_("Ferme le"), required=False, widget=MomentInput())
    categories = forms.MultipleChoiceField(
        label=_("Pour qui"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Aucune case : pour tout le monde."),
    )
    parental_notice = forms.CharField(
        label=_("Note aux parents"),
        required=False,
        max_length=2000,
        help_text=_("Là où des mineurs peuvent répondre. Aucune donnée personnelle ne leur est demandée."),
        widget=forms.Textarea(attrs={"rows": 2, "lang": "fr"}),
    )

    def set_choices(self, consultation: Consultation) -> None:
        method = consultation.method
        _choose(self, "stage", [("", _("Aucune")), *((one.key, one.title) for one in method.stages)])
        _choose(self, "categories", [(one.key, one.short_label) for one in method.categories])

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = self.cleaned_data
        opens, closes = given.get("opens"), given.get("closes")
        if opens and closes and closes <= opens:
            self.add_error("closes", _("Le formulaire fermerait avant d’ouvrir."))
        return given

    @property
    def told(self) -> Told:
        given = {name: self.cleaned_data[name] for name in Told.__slots__}
        return Told(**{**given, "categories": tuple(given["categories"])})


class NewFormForm(FormFields, CommandForm):
    kind = forms.ChoiceField(label=_("Sorte"), widget=forms.RadioSelect, choices=FormKind.choices)
    field_order = ("command", "kind", "title", "intro")

    def __init__(self, *args: Any, consultation: Consultation, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "access": Access.PUBLIC,
            "moderation": Moderation.BEFORE,
            "kind": FormKind.SHORT,
            **(kwargs.get("initial") or {}),
        }
        super().__init__(*args, **kwargs)
        self.set_choices(consultation)


class FormForm(FormFields, SeenForm):
    def __init__(self, *args: Any, consultation: Consultation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.set_choices(consultation)


class QuestionFields(forms.Form):
    """What can be told of a question; which of it counts hangs on its type."""

    text = forms.CharField(
        label=_("Question"), max_length=500, widget=forms.Textarea(attrs={"rows": 2, "lang": "fr"})
    )
    type = forms.ChoiceField(label=_("Réponse"), widget=forms.RadioSelect, choices=QuestionType.choices)
    help = forms.CharField(
        label=_("Précision"),
        required=False,
        max_length=500,
        widget=forms.TextInput(attrs={"lang": "fr"}),
    )
    required = forms.BooleanField(label=_("Réponse obligatoire"), required=False)
    options = LinesField(
        label=_("Réponses au choix"),
        required=False,
        help_text=_("Une par ligne. Pour une échelle : les mots du premier et du dernier degré."),
    )
    lines = LinesField(label=_("Lignes de la grille"), required=False, help_text=_("Une par ligne."), rows=3)
    steps = forms.IntegerField(
        label=_("Degrés de l’échelle"), min_value=2, max_value=10, required=False, initial=5
    )
    kind = forms.ChoiceField(
        label=_("Nature de ce qui est répondu"),
        required=False,
        help_text=_("Pour un texte libre, qui devient une contribution."),
    )
    theme = forms.ChoiceField(label=_("Thème de ce qui est répondu"), required=False)
    after = forms.ChoiceField(label=_("Posée seulement après la question"), required=False)
    among = LinesField(
        label=_("… si l’on y a répondu"),
        required=False,
        rows=2,
        help_text=_("Une réponse par ligne, écrite comme dans cette question."),
    )
    categories = forms.MultipleChoiceField(
        label=_("Posée seulement à"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Aucune case : à tout le monde."),
    )

    def set_choices(self, form: Form, earlier: list[Question]) -> None:
        method = form.consultation.method
        kinds = {column.kind: column.label for stage in method.stages for column in stage.columns}
        self.themes = {theme.key: theme for theme in form.consultation.themes.all()}
        self.earlier = {
            one.key: one for one in earlier if one.type not in {QuestionType.OPEN, QuestionType.MATRIX}
        }
        known = [one for one in method.categories if not form.categories or one.key in form.categories]
        _choose(self, "kind", [("", _("Témoignage")), *kinds.items()])
        _choose(self, "theme", [("", _("Aucun")), *((key, one.title) for key, one in self.themes.items())])
        _choose(self, "after", [("", _("Aucune")), *((key, one.text) for key, one in self.earlier.items())])
        _choose(self, "categories", [(one.key, one.short_label) for one in known])

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = self.cleaned_data
        kind = given.get("type")
        given["options"] = self._list("options", MOST_OPTIONS)
        given["lines"] = self._list("lines", MOST_LINES) if kind == QuestionType.MATRIX else []
        given["steps"] = given.get("steps") or 5
        if kind in Question.TYPES_WITH_OPTIONS and len(given["options"]) < 2:
            self.add_error("options", _("Donnez au moins deux réponses, une par ligne."))
        elif kind == QuestionType.SCALE and len(given["options"]) > 2:
            self.add_error("options", _("Deux lignes au plus : les mots du premier et du dernier degré."))
        elif kind == QuestionType.OPEN:
            given["options"] = []
        if kind == QuestionType.MATRIX and not given["lines"]:
            self.add_error("lines", _("Donnez au moins une ligne."))
        given["condition"] = self._condition(given.get("after", ""), given.get("among") or [])
        return given

    def _list(self, name: str, most: int) -> list[str]:
        given: list[str] = self.cleaned_data.get(name) or []
        if len(given) > most:
            self.add_error(name, _("%(count)s lignes au plus.") % {"count": most})
        if any(len(one) > LONGEST_OPTION for one in given):
            self.add_error(name, _("Une ligne est trop longue."))
        if len({*given}) < len(given):
            self.add_error(name, _("Deux lignes sont les mêmes."))
        return given

    def _condition(self, after: str, among: list[str]) -> dict[str, list[str]]:
        if not after:
            if among:
                self.add_error("after", _("Choisissez la question dont ce sont les réponses."))
            return {}
        question = self.earlier[after]
        scale = question.type == QuestionType.SCALE
        offered = list(map(str, range(1, question.steps + 1))) if scale else question.options
        # Folded, « + » and « − » are the same: as written comes first.
        known = {fold(one): one for one in offered if fold(one)} | {one: one for one in offered}
        found = [known.get(one) or known.get(fold(one)) for one in among]
        if None in found or not found:
            told = {"answers": " ; ".join(offered)}
            self.add_error("among", _("Reprenez des réponses de cette question : %(answers)s") % told)
        return {after: [one for one in found if one]}

    @property
    def wording(self) -> Wording:
        given = {name: self.cleaned_data[name] for name in Wording.__slots__}
        return Wording(**{**given, "theme": self.themes.get(given["theme"])})


class NewQuestionForm(QuestionFields, CommandForm):
    pass


class QuestionForm(QuestionFields, SeenForm):
    pass


def _choose(form: forms.Form, name: str, choices: list[tuple[Any, Any]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices
