"""Lines and paragraphs of what someone wrote, the same by whichever way it came."""

import re
from typing import Final

_END: Final = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_TRAILING: Final = re.compile(r"[^\S\n]+$", re.MULTILINE)
_GAP: Final = re.compile(r"\n{3,}")


def paragraphs(text: str) -> str:
    """Its lines end as everywhere here, one blank line parts its paragraphs; all else is as it was written."""
    if text.isprintable():
        return text.strip()
    return _GAP.sub("\n\n", _TRAILING.sub("", _END.sub("\n", text))).strip()
