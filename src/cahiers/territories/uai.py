"""Numbers of establishments (UAI): seven digits, the first three of them the département's, and a control letter."""

import re
from typing import Final

#: I, O and Q are left out, being too like 1 and 0.
LETTERS: Final = "ABCDEFGHJKLMNPRSTUVWXYZ"
CORSICA: Final = {"620": "2A", "720": "2B"}


class Malformed(ValueError):
    """No UAI; its text says why in French, to be read after the number."""


def parse(text: str) -> str:
    """The number in capitals, without spaces. Raises Malformed."""
    number = "".join(text.split()).upper()
    if not re.fullmatch("[0-9]{7}[A-Z]", number):
        raise Malformed("un numéro UAI compte sept chiffres puis une lettre")
    if number[7] != (letter := control_letter(number[:7])):
        raise Malformed(f"la lettre de contrôle de {number[:7]} est {letter}, non {number[7]}")
    return number


def control_letter(digits: str) -> str:
    return LETTERS[int(digits) % len(LETTERS)]


def department_code(number: str) -> str:
    """INSEE code of the département that numbered it; a few overseas collectivités have three digits of their own."""
    prefix = number[:3]
    return CORSICA.get(prefix) or (prefix[1:] if prefix.startswith("0") else prefix)
