"""When and for whom a form was drawn, signed: what tells a person from a script without asking anything of people."""

from datetime import datetime, timedelta

from django.core import signing

#: Nobody reads a form and answers it faster, in seconds.
FASTEST = 3
#: A form that was open when it was drawn is taken for so long: time for a telephone to find a network.
HELD_UP = timedelta(hours=48)
SALT = "form drawn"


def stamp(form: int, now: datetime) -> str:
    return signing.dumps([form, int(now.timestamp())], salt=SALT)


def drawn_at(text: str, form: int, now: datetime) -> datetime | None:
    """When that form was drawn; None for a stamp that is none of ours, is another form's, or is of the future."""
    try:
        which, seconds = signing.loads(text, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    at = datetime.fromtimestamp(seconds, tz=now.tzinfo)
    return at if which == form and at <= now + timedelta(minutes=1) else None
