"""Messages that leave after the answer, so that no page waits for a mail server or tells by waiting that it wrote."""

import logging
import random
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation

from cahiers.accounts.models import Person

logger = logging.getLogger(__name__)

#: Joined when the process ends: what was handed to it is sent before.
OUTBOX = ThreadPoolExecutor(max_workers=4, thread_name_prefix="mail")
#: Seconds, between which one is drawn. Sending at once takes the interpreter from the answer that is being written:
#: it came 3 ms later to an address that someone has.
PAUSE: Final = (0.2, 0.8)


def compose(person: Person, template: str, context: dict[str, object]) -> EmailMessage:
    """A message in the person's language; the template's first line is its subject."""
    with translation.override(person.language or translation.get_language()):
        subject, _, body = render_to_string(template, context | {"person": person}).strip().partition("\n")
    return EmailMessage(subject=subject, body=body.lstrip() + "\n", to=[person.email])


def send_later(message: EmailMessage | None) -> None:
    """Once the transaction is committed; at once where there is none. None goes the same way, and nowhere."""
    transaction.on_commit(lambda: OUTBOX.submit(_send, message))


def _send(message: EmailMessage | None) -> None:
    time.sleep(random.uniform(*PAUSE))  # noqa: S311 - no secret
    if message is None:
        return
    try:
        message.send()
    except Exception as error:
        # The thread must outlive a mail server that is down. Addresses stay out of the logs.
        logger.error("A message could not be sent: %s", type(error).__name__)
