"""Printing sheets, entering what they and others said, taking back the last entry."""

import secrets
from dataclasses import replace
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from cahiers.accounts.models import Person
from cahiers.contributions.actions.submitting import Sent, fingerprint, submit_all
from cahiers.contributions.models import Contribution, Form, PaperSheet, Status, Submission
from cahiers.contributions.paper.models import short_code
from cahiers.journal.actions import Deed, record, record_all
from cahiers.journal.models import Entry, Verb


class Entered(Exception):
    """The sheet was entered before."""


class NotTheirs(Exception):
    """Somebody else entered it, or it is no entry."""


@transaction.atomic
def print_sheets(*, form: Form, count: int, by: Person | None, now: datetime) -> list[tuple[PaperSheet, str]]:
    """So many new ones, each with the token of its receipt, which is kept nowhere else than on paper."""
    # The form's row is the lock that numbers are taken under.
    Form.objects.select_for_update().get(pk=form.pk)
    last = form.sheets.aggregate(last=Max("number"))["last"] or 0
    tokens = [secrets.token_hex(16) for _ in range(count)]
    sheets = PaperSheet.objects.bulk_create(
        PaperSheet(
            form=form, number=number, code=short_code(), receipt=fingerprint(token) or "", printed_at=now
        )
        for number, token in enumerate(tokens, last + 1)
    )
    record(
        stream=form.consultation.uuid,
        verb=Verb.CREATE,
        subject=form.uuid,
        actor=by.uuid if by else None,
        at=now,
    )
    return list(zip(sheets, tokens, strict=True))


@transaction.atomic
def enter(
    *,
    form: Form,
    sent: Sent,
    sheet: PaperSheet | None,
    by: Person | None,
    now: datetime,
    said_on: date | None = None,
) -> Submission:
    """Take in what was said; what a sheet says answers to the receipt on its stub. Sent twice, taken in once.

    Not checked against windows: a letter that was written in time comes when the post brings it. Raises Entered, and
    journal.actions.CommandReused.
    """
    drafts = [replace(draft, said_on=said_on) for draft in sent.drafts]
    if sheet is not None:
        sheet = (
            PaperSheet.objects.select_for_update(of=("self",)).select_related("submission").get(pk=sheet.pk)
        )
        if sheet.submission is not None and sheet.submission.uuid != sent.uuid:
            raise Entered
    sent = replace(sent, drafts=drafts, receipt="" if sheet else sent.receipt)
    submission = submit_all(consultation=form.consultation, sent=sent, by=by, now=now, checked=False)
    if sheet is not None and sheet.submission is None:
        submission.receipt, sheet.submission = sheet.receipt, submission
        submission.save(update_fields=["receipt"])
        sheet.save(update_fields=["submission"])
    return submission


@transaction.atomic
def take_back(*, submission: Submission, by: Person, now: datetime) -> None:
    """Withdraw what the same person has just entered; the sheet can be entered again. Raises NotTheirs.

    Taken back already, nothing changes.
    """
    if not Entry.objects.filter(subject=submission.uuid, verb=Verb.SUBMIT, actor=by.uuid).exists():
        raise NotTheirs
    said = Contribution.objects.filter(submission=submission, status__in=(Status.PENDING, Status.ACCEPTED))
    uuids = list(said.select_for_update().values_list("uuid", flat=True))
    if not uuids and submission.withdrawn_at:
        return
    said.update(status=Status.WITHDRAWN)
    submission.withdrawn_at, submission.receipt = now, None
    submission.save(update_fields=["withdrawn_at", "receipt"])
    PaperSheet.objects.filter(submission=submission).update(submission=None)
    record_all(
        stream=submission.consultation.uuid,
        deeds=[Deed(verb=Verb.WITHDRAW, subject=uuid, actor=by.uuid) for uuid in uuids],
        at=now,
    )
