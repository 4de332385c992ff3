"""How much one browser and one form may send; never counted by network address: a whole school shares one."""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from django.http import HttpRequest, HttpResponse

from cahiers.accounts.limits import Limit
from cahiers.contributions.collecting.forms import AnswerForm
from cahiers.documents.matching import fold

#: Holds random bits, for a day; the server keeps a keyed digest of them alone.
COOKIE: Final = "cahiers_envois"
DAY: Final = timedelta(days=1)

#: A school’s shared computer on the morning of a consultation.
OF_BROWSER: Final = Limit(name="sent by a browser", most=60, within=timedelta(hours=1))
#: Ten times what a national survey takes in at its busiest.
OF_FORM: Final = Limit(name="taken by a form", most=3000, within=timedelta(minutes=10))
SAME_WORDS: Final = Limit(name="same words", most=1, within=DAY)
#: After which it is tried again, in seconds.
PATIENCE: Final = 600


def key_of(request: HttpRequest) -> str:
    """Random, of that browser; another each time for one that keeps no cookie."""
    kept = request.COOKIES.get(COOKIE, "")
    return kept if len(kept) == 32 and kept.isalnum() else secrets.token_hex(16)


def remember(request: HttpRequest, response: HttpResponse, key: str) -> None:
    response.set_cookie(COOKIE, key, max_age=DAY, httponly=True, samesite="Lax", secure=request.is_secure())


def too_many(key: str, form: int, now: datetime) -> bool:
    """Counts one more. To be called outside a transaction that may be rolled back."""
    return not OF_BROWSER.spend(key, now) or not OF_FORM.spend(str(form), now)


def said_before(key: str, filled: AnswerForm, now: datetime) -> bool:
    """Whether that browser sent the same words in that form today. Counted in the transaction that takes them in."""
    said = " ".join(
        fold(str(value))
        for name, value in sorted(filled.cleaned_data.items())
        if name not in {"command", "receipt", "stamp"}
    )
    digest = sha256(said.encode()).hexdigest()
    return not SAME_WORDS.spend(f"{key} {filled.form.pk} {digest}", now)
