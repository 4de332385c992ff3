"""After an erasure the words are nowhere: no table, not even the index's own, no file, kept page, export or archive."""

import io
import zipfile
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.db import connection

from cahiers.archives.backup import backup
from cahiers.consultations.models import Role
from cahiers.contributions.actions.submitting import Sent, submit_all
from cahiers.contributions.actions.taking import Draft
from cahiers.contributions.models import Channel, Consent, Contribution, Flag, KeptOriginal, Submission
from cahiers.contributions.moderating import actions as moderating
from cahiers.contributions.receipts import actions as receipts
from cahiers.journal.queries import entries_after
from tests.conftest import NOW
from tests.consultations.teams import member

pytestmark = pytest.mark.django_db
#: Each stands somewhere else; none begins like a word that the software says.
WORDS = ("zébulon", "yttrium", "xylème", "wapiti", "vuvuzela", "uzbek", "topaze", "sextant", "rutabaga")
TITLE, TEXT, PART, LINK, ANSWER, BEFORE, NAME, REASON, VOICE = WORDS


@pytest.fixture
def sent(published, region, now):
    form = published.forms.create(slug="fiche", kind="sheet", title="Fiche", released_at=now)
    draft = Draft(
        territory=region,
        channel=Channel.FORM,
        title=f"Le {TITLE}",
        text=f"Ce qui a marché : le {PART} de mme {NAME}, au {BEFORE}.",
        parts={"worked": f"le {PART} de mme {NAME}, au {BEFORE}."},
        links=(f"https://exemple.fr/{LINK}",),
        voice_key=VOICE,
        consent=Consent.PUBLIC,
        scope=f"École du {TITLE}",
    )
    return submit_all(
        consultation=published,
        sent=Sent(
            uuid=uuid4(),
            territory=region,
            channel=Channel.FORM,
            form=form,
            answers={"acces": ANSWER},
            drafts=[draft],
            receipt="jeton",
        ),
        by=None,
        now=now,
    )


@pytest.fixture
def handled(sent, now):
    """Corrected by its author, redacted, hidden, accepted: words of each time are kept somewhere."""
    one = sent.contributions.get()
    parts = {"worked": f"le {TEXT} de mme {NAME}."}
    receipts.correct(
        contribution=one,
        title=f"Le {TITLE}",
        text="",
        parts=parts,
        seen=one.current_id,
        command=uuid4(),
        now=now,
    )
    for action, more in (
        (moderating.redact, {"words": [("name", NAME)]}),
        (moderating.hide, {"reason": f"Parle du {REASON}."}),
        (moderating.accept, {}),
        (moderating.hide, {"reason": f"Parle du {REASON}."}),
    ):
        one = Contribution.objects.select_related("current").get()
        seen = moderating.state_of(one)
        action(contribution=one, seen=seen, command=uuid4(), by=None, now=now, **more)
    return sent


def kept() -> str:
    """Every row of every table there is, the index's shadows among them, and every file."""
    told = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                told += [
                    bytes(cell).decode(errors="replace")
                    if isinstance(cell, bytes | memoryview)
                    else str(cell)
                    for cell in row
                ]
    archive = io.BytesIO()
    backup(stream=archive, now=NOW)
    with zipfile.ZipFile(archive) as members:
        told += [members.read(name).decode(errors="replace") for name in members.namelist()]
    return _folded("\n".join(told))


def _folded(text: str) -> str:
    """JSON escapes put right, accents left out as the index does."""
    escaped = text.replace("\\u00e9", "e").replace("\\u00e8", "e")
    return escaped.casefold().replace("é", "e").replace("è", "e")


def found(text: str) -> set[str]:
    # The index keeps the beginnings of words that it saw before.
    return {word for word in WORDS if _folded(word)[:5] in text}


def test_the_words_are_nowhere(handled, now):
    assert found(kept()) == set(WORDS)
    receipts.erase(submission=handled, now=now)
    assert found(kept()) == set()
    assert not Flag.objects.exists()
    assert not KeptOriginal.objects.exists()


def test_pages_and_exports_say_them_no_more(handled, client, published, now):
    one = Contribution.objects.get()
    Contribution.objects.update(status="accepted", hidden_because="")
    cache.clear()
    addresses = [
        "/ecole/contributions/",
        f"/ecole/contributions/{one.uuid}/",
        f"/ecole/contributions/?q={TEXT}",
        "/ecole/contributions/telecharger/csv",
        "/ecole/contributions/telecharger/json",
    ]

    def told():
        return [_folded(b"".join(client.get(address)).decode()) for address in addresses]

    assert all(found(page) for page in told())
    receipts.erase(submission=handled, now=now)
    # What was asked for is shown again in its field.
    assert [found(page) - {TEXT} for page in told()] == [set()] * len(addresses)
    client.force_login(member(published, Role.ORGANISER))
    assert [found(page) - {TEXT} for page in told()] == [set()] * len(addresses)


def test_the_journal_tells_that_it_was_erased_and_never_what(handled, published, now):
    one = Contribution.objects.get()
    receipts.erase(submission=handled, now=now)
    last = list(entries_after(published.uuid))[-1]
    assert (last.verb, last.subject, last.actor) == ("erase", one.uuid, None)
    assert Submission.objects.get().erased_at == now


def test_what_says_the_same_is_no_longer_named_beside(handled, published, region, now):
    one = Contribution.objects.get()
    draft = Draft(territory=region, channel=Channel.FORM, text="La même chose.")
    sent = Sent(uuid=uuid4(), territory=region, channel=Channel.FORM, drafts=[draft])
    submit_all(consultation=published, sent=sent, by=None, now=now)
    Contribution.objects.exclude(pk=one.pk).update(twin_of=one)
    receipts.erase(submission=handled, now=now)
    assert not Contribution.objects.exclude(twin_of=None).exists()
