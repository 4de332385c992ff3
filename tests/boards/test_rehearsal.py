"""What is done before the first note of a server leaves no trace, and hinders nothing."""

import logging

import pytest
from django.apps import apps

from cahiers.boards.live import rehearsal


def rows() -> dict[str, int]:
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}


@pytest.mark.django_db
def test_a_rehearsal_leaves_nothing(board, django_capture_on_commit_callbacks, now):
    before = rows()
    with django_capture_on_commit_callbacks() as told:
        rehearsal.rehearse(now)
    assert rows() == before
    assert told == []


@pytest.mark.django_db
def test_what_hinders_a_rehearsal_hinders_nothing_else(board, monkeypatch, caplog, now):
    before = rows()
    monkeypatch.setattr(rehearsal, "take_quickly", lambda **_: 1 / 0)
    with caplog.at_level(logging.ERROR):
        rehearsal.rehearse(now)
    assert rows() == before
    assert "rehearsal" in caplog.text
