"""Messages leave in a thread that survives what goes wrong."""

import logging

import pytest
from django.core import mail as django_mail
from django.core.mail import EmailMessage

from cahiers.accounts import mail
from cahiers.accounts.models import Person


def message() -> EmailMessage:
    return EmailMessage("sujet", "texte", to=["ines.tourbier@exemple.example"])


def test_a_server_that_is_down_is_logged_without_the_address(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(self: EmailMessage) -> None:
        raise ConnectionRefusedError("ines.tourbier@exemple.example")

    monkeypatch.setattr(EmailMessage, "send", refuse)
    caplog.set_level(logging.ERROR)
    mail.send_later(message())
    assert "ConnectionRefusedError" in caplog.text
    assert "ines" not in caplog.text


def test_sent() -> None:
    mail.send_later(message())
    assert django_mail.outbox[0].subject == "sujet"


def test_a_subject_of_one_line_whatever_the_name() -> None:
    person = Person(email="ines.tourbier@exemple.example", display_name="Inès\nBcc: x@exemple.example")
    sent = mail.compose(
        person, "accounts/mail_code.txt", {"digits": "012345", "minutes": 15, "site": "https://a"}
    )
    assert "\n" not in sent.subject
    assert sent.to == ["ines.tourbier@exemple.example"]
    assert "    012345\n" in str(sent.body)
