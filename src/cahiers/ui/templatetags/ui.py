"""Template tags and filters that every page may use."""

import re
from datetime import date
from functools import lru_cache
from urllib.parse import urlsplit

from django import template
from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext, pgettext

from cahiers.ui.inplace import layout

register = template.Library()
register.filter(layout)

_BEFORE = re.compile(r" (?=[:;!?»%€](?:\s|[.,)…]|$))")


@register.filter(expects_localtime=True)
def day(value: date) -> str:
    """A date in words: "1er septembre 2026"."""
    return _in_words(value.year, value.month, value.day, get_language() or "")


@lru_cache(maxsize=4096)  # a list repeats the same few days, and each took a quarter of its row's time
def _in_words(year: int, month: int, of_month: int, language: str) -> str:
    written = date_format(date(year, month, of_month), "j F Y")
    return written.replace("1 ", "1er ", 1) if of_month == 1 and language.startswith("fr") else written


@register.simple_tag
def between(opens: date | None, closes: date | None) -> str:
    """A run of days in words, either end of which may be open; "" where both are."""
    if opens and closes:
        return pgettext("dates", "du %(opens)s au %(closes)s") % {"opens": day(opens), "closes": day(closes)}
    if opens:
        return pgettext("dates", "à partir du %(opens)s") % {"opens": day(opens)}
    return pgettext("dates", "jusqu’au %(closes)s") % {"closes": day(closes)} if closes else ""


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
