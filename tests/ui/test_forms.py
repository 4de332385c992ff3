"""Forms that write come back as they were sent."""

from uuid import uuid4

from django import forms
from django.http import QueryDict

from cahiers.ui.forms import SeenForm


class Both(SeenForm):
    text = forms.CharField()
    chosen = forms.MultipleChoiceField(choices=[("a", "A"), ("b", "B")])


def test_what_was_sent_is_shown_again_under_another_command():
    command, seen = uuid4(), uuid4()
    sent = QueryDict(f"text=Un+mot&chosen=a&chosen=b&command={command}&seen={uuid4()}")
    form = Both(sent)
    form.renew(seen=seen)
    assert form["text"].value() == "Un mot"
    assert form["chosen"].value() == ["a", "b"]
    assert form["seen"].value() == str(seen)
    assert form["command"].value() != str(command)
