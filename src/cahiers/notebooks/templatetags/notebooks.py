"""A cell of a theme's table; a page has hundreds of statements, and a template takes ten times as long for each."""

from collections.abc import Iterable

from django import template
from django.template import Context
from django.utils.html import escape
from django.utils.safestring import SafeString

from cahiers.documents.model import Item
from cahiers.ui.addresses import address
from cahiers.ui.templatetags.ui import unbroken

register = template.Library()


@register.simple_tag(takes_context=True)
def statements(context: Context, items: Iterable[tuple[Item, str | None]]) -> SafeString:
    """Statements as a list; on a page that is `linked`, each with the way to its page or, if `editable`, its form."""
    linked, editable = context["linked"], context["editable"]
    language, label = context["LANGUAGE_CODE"], escape(context["link_label"])
    listed = []
    for item, code in items:
        text: str = escape(unbroken(item.text))
        if item.emphasised:
            text = f"<strong>{text}</strong>"
        if linked and code:
            there = escape(address("statement", code))
            form, sign = (f' hx-get="{there}/reformuler"', "✎") if editable else ("", "#")
            text += (
                f'&nbsp;<a class="at" lang="{language}" href="{there}"{form} aria-label="{label}">{sign}</a>'
            )
        listed.append(f"<li>{text}</li>")
    return SafeString(f"<ul>{''.join(listed)}</ul>" if listed else "")
