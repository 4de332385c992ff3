"""Where messages go is said by the environment."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.waiting import PATIENCE

SCRIPT = """
import json
from cahiers import settings
print(json.dumps({name: getattr(settings, name) for name in dir(settings) if "EMAIL" in name and name.isupper()}))
"""


def settings(folder: Path, **given: str) -> dict[str, object]:
    environment = {
        key: value for key, value in os.environ.items() if "EMAIL" not in key and key != "SITE_URL"
    }
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        env=environment | {"CAHIERS_VAR": str(folder)} | given,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=True,
    )
    said = json.loads(done.stdout)
    assert isinstance(said, dict)
    return said


def test_to_a_folder_unless_told(tmp_path: Path) -> None:
    said = settings(tmp_path)
    assert said["EMAIL_BACKEND"] == "django.core.mail.backends.filebased.EmailBackend"
    assert said["EMAIL_FILE_PATH"] == str(tmp_path / "mails")


@pytest.mark.parametrize(
    ("scheme", "port", "tls", "ssl"), [("submission", 587, True, False), ("smtp", 25, False, False)]
)
def test_to_a_server(tmp_path: Path, scheme: str, port: int, tls: bool, ssl: bool) -> None:
    said = settings(
        tmp_path,
        EMAIL_URL=f"{scheme}://moi:m%40t@courrier.exemple.example",
        SITE_URL="https://cahiers.exemple.example",
    )
    assert said["EMAIL_BACKEND"] == "django.core.mail.backends.smtp.EmailBackend"
    assert (said["EMAIL_HOST"], said["EMAIL_PORT"]) == ("courrier.exemple.example", port)
    assert (said["EMAIL_HOST_USER"], said["EMAIL_HOST_PASSWORD"]) == ("moi", "m@t")
    assert (said["EMAIL_USE_TLS"], said["EMAIL_USE_SSL"]) == (tls, ssl)
    assert said["EMAIL_TIMEOUT"]
    assert said["DEFAULT_FROM_EMAIL"] == "Cahiers <ne-pas-repondre@cahiers.exemple.example>"
