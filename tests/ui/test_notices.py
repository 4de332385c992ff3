"""Legal notice and accessibility statement: true to the settings, and honest without them."""

import json
import os
import subprocess
import sys
from datetime import date

import pytest
from django.test import override_settings

from cahiers.settings import Audit
from tests.pages import Page
from tests.waiting import PATIENCE

pytestmark = pytest.mark.django_db
NOTICES = ("/mentions-legales/", "/accessibilite/", "/donnees-personnelles/")
MISSING = "à compléter par l’éditeur du site"
GIVEN = {
    "publisher": "Région fictive",
    "publisher_address": "1 place du Lavoir",
    "director": "Hélène Marsac",
    "contact": "bonjour@exemple.example",
    "host": "Serveurs du Lavoir",
    "host_address": "2 place du Lavoir",
    "data_contact": "dpo@exemple.example",
    "basis": "Mission d’intérêt public",
}


def text(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("address", NOTICES)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_page_leads_to_each_notice(client, address, language):
    client.cookies["django_language"] = language
    assert address in Page(text(client, "/")).links
    page = Page(text(client, address))
    assert page.weight <= 8 * 1024
    assert page.elements <= 350
    assert not page.inline


@pytest.mark.parametrize("address", NOTICES)
def test_nothing_is_invented(client, address):
    page = text(client, address)
    assert MISSING in page


@pytest.mark.parametrize("address", NOTICES)
def test_settings_fill_the_notices(client, address):
    with override_settings(LEGAL=GIVEN):
        page = text(client, address)
    assert MISSING not in page
    assert GIVEN["publisher"] in page
    if address == "/mentions-legales/":
        assert all(said in page for key, said in GIVEN.items() if key not in {"data_contact", "basis"})
        assert 'href="mailto:bonjour@exemple.example"' in page


def test_without_an_audit_the_site_is_said_not_to_conform(client):
    assert "Accessibilité\u00a0: non conforme" in text(client, "/")
    page = text(client, "/accessibilite/")
    assert "<strong>non conforme</strong>" in page
    assert "Aucun audit" in page


@pytest.mark.parametrize(
    ("rate", "state"),
    [
        (49.9, "non conforme"),
        (50, "partiellement conforme"),
        (99.9, "partiellement conforme"),
        (100, "totalement conforme"),
    ],
)
def test_an_audit_decides(client, rate, state):
    with override_settings(ACCESSIBILITY_AUDIT=Audit(day=date(2027, 3, 1), by="Audit & Cie", rate=rate)):
        page = text(client, "/accessibilite/")
        assert f"Accessibilité\u00a0: {state}" in text(client, "/")
    assert f"<strong>{state}</strong>" in page
    assert "Audit &amp; Cie le 1er\u00a0mars 2027" in page
    assert "Aucun audit" not in page


SCRIPT = """
import json
from cahiers import settings
print(json.dumps([str(settings.ACCESSIBILITY_AUDIT), settings.LEGAL]))
"""


@pytest.mark.parametrize("left_out", ["DATE", "BY", "RATE", None])
def test_an_audit_takes_a_day_a_name_and_a_rate(tmp_path, left_out):
    given = {"DATE": "2027-03-31", "BY": "Audit & Cie", "RATE": "62.5"}
    environment = {f"ACCESSIBILITY_AUDIT_{key}": value for key, value in given.items() if key != left_out}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        env=os.environ | {"CAHIERS_VAR": str(tmp_path), "LEGAL_HOST": "Serveurs du Lavoir"} | environment,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=True,
    )
    audit, legal = json.loads(done.stdout)
    assert (audit == "None") is bool(left_out)
    assert legal["host"] == "Serveurs du Lavoir"
