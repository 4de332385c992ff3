import subprocess
import sys

import pytest

import cahiers.textkit as textkit


def test_every_public_name_is_there() -> None:
    assert all(getattr(textkit, name) for name in textkit.__all__)
    with pytest.raises(AttributeError, match="nothing"):
        _ = textkit.nothing


def test_the_options_of_the_command_load_no_numerical_library() -> None:
    script = "import sys, cahiers.textkit.command; print(sorted({'numpy', 'sklearn'} & set(sys.modules)))"
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_the_core_knows_nothing_of_django() -> None:
    script = "import sys, cahiers.textkit.execution; print('django' in sys.modules)"
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "False"
