"""What forms that write have in common: a command of their own, what was seen, text on lines."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.http import QueryDict

from cahiers.documents.normal import tidy


class CommandForm(forms.Form):
    """What adds something: sent twice, it is done once."""

    command = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"command": uuid4(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)

    def renew(self, **hidden: UUID | str) -> None:
        """Show again what was sent, under another command and with other hidden values."""
        sent = QueryDict(mutable=True)
        sent.update(self.data)
        for name, value in {"command": uuid4(), **hidden}.items():
            sent[name] = str(value)
        self.data = sent


class SeenForm(CommandForm):
    """What changes something: carries the state that was seen."""

    seen = forms.UUIDField(widget=forms.HiddenInput)


class LinesField(forms.CharField):
    """A list, one a line; blank lines are left out."""

    def __init__(self, *, rows: int = 4, **given: Any) -> None:
        given.setdefault("max_length", 10_000)
        super().__init__(widget=forms.Textarea(attrs={"rows": rows, "lang": "fr"}), **given)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> list[str]:
        text = super().clean(value)
        return [line for line in map(tidy, text.splitlines()) if line]


class DayInput(forms.DateInput):
    """The browser's own calendar, which speaks in ISO days whatever the language."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class MomentInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")
