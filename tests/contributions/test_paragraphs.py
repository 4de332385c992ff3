"""Paragraphs survive every way in and out, and are the same whichever it was."""

from uuid import uuid4

import pytest

from cahiers.contributions.actions import Draft, store
from cahiers.contributions.models import Channel, Contribution, Revision
from cahiers.contributions.paragraphs import paragraphs
from cahiers.contributions.reading.files import as_csv
from cahiers.contributions.reading.filters import labels_of
from cahiers.contributions.receipts import actions as receipts
from tests.contributions.tables.samples import opened, said

#: As a browser sends it.
SENT = "Le réseau tombe.  \r\n\r\n\r\n\r\nDeux propositions :\r\n- une ligne ;\r\n- un câble.\r\n"
KEPT = "Le réseau tombe.\n\nDeux propositions :\n- une ligne ;\n- un câble."


def test_lines_and_paragraphs():
    assert paragraphs(SENT) == KEPT == paragraphs(KEPT)
    assert paragraphs("  Deux  espaces ") == "Deux  espaces"


@pytest.mark.django_db
def test_from_a_form_to_a_file_and_back(published, region, now):
    draft = Draft(territory=region, channel=Channel.FORM, text=SENT, parts={"worked": SENT})
    (one,) = store(consultation=published, drafts=[draft], now=now)
    assert (one.current.text, one.current.parts) == (KEPT, {"worked": KEPT})
    file = b"".join(as_csv(Contribution.objects.all(), labels_of(published.method), team=False))
    (read,) = said(opened(file))
    assert read.text == KEPT


@pytest.mark.django_db
def test_what_was_not_changed_is_no_correction(published, region, now):
    (one,) = store(
        consultation=published, drafts=[Draft(territory=region, channel=Channel.FORM, text=KEPT)], now=now
    )
    told = {"contribution": one, "title": "", "text": SENT, "parts": {}, "command": uuid4(), "now": now}
    receipts.correct(seen=one.current_id, **told)
    assert Revision.objects.count() == 1
