"""What authors took back on the platform that it comes from: kept as withdrawn, shown to nobody, erased in time."""

from datetime import timedelta

import pytest

from cahiers.contributions import retention
from cahiers.contributions.intake import actions, advancing
from cahiers.contributions.models import Contribution, Status
from cahiers.contributions.reading.queries import readable
from cahiers.journal.models import Entry, Verb
from tests.accounts.people import someone
from tests.contributions.tables.samples import as_csv
from tests.contributions.tables.shapes.test_decidim_proposals import NEW, OLD

pytestmark = pytest.mark.django_db
STANDS = {**OLD, "id": "13", "reference": "AV-PROP-2020-09-13", "body": "<p>Un abri pour les vélos.</p>"}
OLD_ERA = [STANDS, {**OLD, "state": "withdrawn"}]
NEW_ERA = [
    {**NEW, "id": "13", "reference": "AV-PROP-2026-09-13", "state": "rejected"},
    {**NEW, "withdrawn": "true"},
]


def rows(*proposals):
    return as_csv([list(proposals[0]), *(list(one.values()) for one in proposals)])


@pytest.mark.parametrize("proposals", [OLD_ERA, NEW_ERA])
@pytest.mark.parametrize("whole", [True, False])
def test_what_was_taken_back_comes_in_as_such(consultation, drop, now, proposals, whole):
    found = drop(rows(*proposals))
    found.given |= {"reads_before": False, "consent": "public"}
    found.save()
    advancing.check(found=found, now=now)
    assert found.counted["withdrawn"] == 1
    actions.begin(found=found, whole=whole)
    advancing.advance(found=found, by=None, now=now)
    stands, withdrawn = Contribution.objects.order_by("imported_line__line")
    assert (stands.status, withdrawn.status) == (Status.ACCEPTED, Status.WITHDRAWN)
    assert withdrawn.current.text
    # What became of a proposal is kept beside it, as before.
    assert {"accepted", "rejected"} & set(stands.submission.answers.values())
    assert set(readable(someone(staff=True), consultation)) == {stands}


def test_what_was_taken_back_since_is_taken_back_here(consultation, imported, now):
    imported(rows(STANDS, OLD))
    later = imported(rows(*OLD_ERA), "plus-tard.csv")
    assert (later.counted["known"], later.counted["added"]) == (2, 0)
    stands, withdrawn = Contribution.objects.order_by("imported_line__line")
    assert (stands.status, withdrawn.status) == (Status.PENDING, Status.WITHDRAWN)
    assert Entry.objects.get(verb=Verb.WITHDRAW).subject == withdrawn.uuid


def test_all_or_nothing_leaves_none_of_them(drop, now):
    found = drop(rows(*OLD_ERA))
    advancing.check(found=found, now=now)
    actions.begin(found=found, whole=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(advancing, "_end", lambda *_: False)
        advancing.advance(found=found, by=None, now=now)
    actions.leave(found=found, by=None, now=now)
    advancing.undo(found=found, by=None, now=now)
    assert not Contribution.objects.exists()


def test_it_is_erased_three_months_after_it_came_in(imported, now):
    imported(rows(*OLD_ERA))

    def counted(when):
        done = {one.rule.key: one.count for one in retention.apply(now=when)}
        return done["withdrawn"]

    assert counted(now + timedelta(days=89)) == 0
    assert counted(now + timedelta(days=91)) == 1
    assert Contribution.objects.filter(status=Status.ERASED).count() == 1
