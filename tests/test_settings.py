"""What the environment may say is documented, and nothing else is."""

import re
from pathlib import Path

import cahiers

SETTINGS = Path(cahiers.__file__).parent / "settings.py"
GUIDE = Path(__file__).parents[1] / "docs" / "settings.md"


def test_the_guide_holds_every_setting_and_no_other():
    read = set(re.findall(r"env\.\w+\(\s*\"(\w+)\"", SETTINGS.read_text()))
    documented = set(re.findall(r"^\| `(\w+)` \|", GUIDE.read_text(), re.MULTILINE))
    assert len(read) > 10
    assert documented == read
