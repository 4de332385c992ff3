"""Template tags and filters that every page may use."""

import re
from collections.abc import Iterable, Mapping
from itertools import groupby
from urllib.parse import urlsplit
from uuid import uuid4

from django import template
from django.conf import settings
from django.template import Context, defaulttags
from django.template.base import Parser, Token
from django.template.defaulttags import URLNode
from django.templatetags.i18n import BlockTranslateNode, TranslateNode, do_block_translate, do_translate
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from cahiers.ui.addresses import address
from cahiers.ui.inplace import inside, layout
from cahiers.ui.numbers import grouped, unparted
from cahiers.ui.times import between, day, moment

register = template.Library()
register.filter(inside)
register.filter(layout)
register.filter(grouped)

_BEFORE = re.compile(r" (?=[:;!?»%€](?:\s|[.,)…]|$))")


# With a place, such as a territory: `{{ edition.published_at|day:notebook.territory }}`.
register.filter(day)
register.filter(moment)
register.simple_tag(between)


class AddressNode(URLNode):
    """Django's, which remembers what it found."""

    def render(self, context: Context) -> str:
        if self.kwargs:
            return super().render(context)
        parts = [part.resolve(context) for part in self.args]
        found = address(str(self.view_name.resolve(context)), *parts)
        if self.asvar:
            context[self.asvar] = found
            return ""
        return str(conditional_escape(found)) if context.autoescape else found


@register.tag
def url(parser: Parser, token: Token) -> URLNode:
    """In the place of Django's own: `{% url 'statement' code %}`."""
    node = defaulttags.url(parser, token)
    return AddressNode(node.view_name, node.args, node.kwargs, node.asvar)


class SaidNode(TranslateNode):
    """Django's, which remembers what it said in each language: a page says dozens of things that never change."""

    def __init__(self, node: TranslateNode) -> None:
        self.__dict__.update(node.__dict__)
        given = node.filter_expression
        self.constant = isinstance(given.var.literal, str) and not given.filters and not node.message_context
        self.said: dict[str | None, str] = {}

    def render(self, context: Context) -> str:
        if not self.constant:
            return super().render(context)
        language = get_language()
        if language not in self.said:
            told = super().render(context)
            self.said[language] = context[self.asvar] if self.asvar else told
        if self.asvar:
            context[self.asvar] = self.said[language]
            return ""
        return self.said[language]


@register.tag
def translate(parser: Parser, token: Token) -> SaidNode:
    """In the place of Django's own: `{% translate "Enregistrer" %}`."""
    return SaidNode(do_translate(parser, token))


class ToldNode(BlockTranslateNode):
    """Django's, whose numbers stay on the line of what they count."""

    def __init__(self, node: BlockTranslateNode) -> None:
        self.__dict__.update(node.__dict__)

    def render(self, context: Context, nested: bool = False) -> str:
        told = unparted(super().render(context, nested))
        if self.asvar:
            context[self.asvar] = SafeString(unparted(context[self.asvar]))
        return told


@register.tag
def blocktranslate(parser: Parser, token: Token) -> ToldNode:
    """In the place of Django's own: `{% blocktranslate %}{{ n }} lignes{% endblocktranslate %}`."""
    return ToldNode(do_block_translate(parser, token))


@register.filter
def listed(lines: Iterable[str]) -> list[tuple[bool, list[str]]]:
    """Lines in groups: those that begin with a dash are the items of a list, and lose it."""
    groups = groupby(lines, key=lambda line: line.startswith("- "))
    return [(dashed, [line.removeprefix("- ") for line in group]) for dashed, group in groups]


@register.simple_tag
def conformity() -> str:
    """How accessible the site may say that it is: without an audit, not, whatever our own tests find."""
    audit = settings.ACCESSIBILITY_AUDIT
    if audit is None or audit.rate < 50:
        return gettext("non conforme")
    return gettext("partiellement conforme") if audit.rate < 100 else gettext("totalement conforme")


@register.filter
def is_web_address(text: str) -> bool:
    """Whether it may stand in a link: documents hold whatever people typed."""
    try:
        return urlsplit(text).scheme in {"http", "https"}
    except ValueError:
        return False


@register.filter
def unbroken(text: str | None) -> str:
    """French text whose punctuation does not begin a line: documents and databases hold ordinary spaces alone."""
    return _BEFORE.sub("\u00a0", str(text or "")).replace("« ", "«\u00a0")


@register.filter
def quotable(text: str) -> str:
    """To stand between « and »: what it quotes itself is then between “ and ”."""
    return re.sub(r"\s*»", "”", re.sub(r"«\s*", "“", text))


@register.filter
def at(held: Mapping[str, str], key: str | None) -> str:
    """What is held under that key; "" where nothing is."""
    return held.get(key or "", "")


@register.simple_tag
def uuid() -> str:
    """A new number for a form's command: sent twice, it is done once."""
    return str(uuid4())
