"""A consultation with a few places, and the short ways that tests have to drop a table there."""

from io import BytesIO

import pytest
from django.test import override_settings

from cahiers.contributions.intake import actions, advancing, working
from cahiers.contributions.intake.models import State
from cahiers.territories.actions import add
from cahiers.territories.models import Level
from tests.contributions.tables.samples import HEADER, LINES


@pytest.fixture(autouse=True)
def files(tmp_path):
    """Folder of the files that people drop."""
    with override_settings(MEDIA_ROOT=tmp_path):
        yield tmp_path / "tables"


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    """Work is done before the request that asks for it is answered: a thread would not see a test's transaction."""
    monkeypatch.setattr(working, "beside", lambda work: work())


@pytest.fixture
def laval(region, now):
    return add(parent=region, level=Level.DEPARTMENT, name="Laval", code="53", by=None, now=now)


def csv_of(lines=LINES, header=HEADER, separator=";"):
    import csv
    import io

    text = io.StringIO()
    csv.writer(text, delimiter=separator).writerows([header, *lines])
    return text.getvalue().encode()


@pytest.fixture
def drop(consultation, nation, now):
    def drop(data, name="reponses.csv", **more):
        return actions.drop(
            consultation=consultation,
            territory=nation,
            stream=BytesIO(data),
            name=name,
            size=len(data),
            by=None,
            now=now,
            **more,
        )

    return drop


@pytest.fixture
def imported(drop, now):
    """Dropped, checked and imported: what is right, unless all was asked for."""

    def imported(data, name="reponses.csv", whole=False, **more):
        found = drop(data, name, **more)
        advancing.check(found=found, now=now)
        actions.begin(found=found, whole=whole)
        advancing.advance(found=found, by=None, now=now)
        assert found.state == State.DONE
        return found

    return imported
