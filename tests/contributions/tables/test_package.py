"""The core stands alone."""

import subprocess
import sys
from pathlib import Path

import cahiers.contributions.tables as tables


def test_nothing_of_django_is_loaded():
    code = "import sys, cahiers.contributions.tables; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_no_module_names_a_clock_or_a_socket():
    for path in Path(tables.__file__).parent.rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        for word in (
            "import socket",
            "urllib.request",
            "import time",
            ".now(",
            ".today(",
            "import django",
            "from django",
        ):
            assert word not in source, (path, word)
