"""Words put in place of those that tell who someone is."""

import re
from collections.abc import Sequence

#: By kind of flag; in the language of documents.
INSTEAD = {
    "email": "[adresse]",
    "phone": "[téléphone]",
    "name": "[nom]",
    "pupil": "[élève]",
    "other": "[caviardé]",
}


def redacted(text: str, words: Sequence[tuple[str, str]]) -> str:
    """The text without these words (kind, words), wherever they stand whole, however many spaces are in them."""
    for kind, said in sorted(words, key=lambda pair: -len(pair[1])):
        shape = r"\s+".join(map(re.escape, said.split()))
        if shape:
            text = re.sub(rf"(?<!\w){shape}(?!\w)", INSTEAD.get(kind, INSTEAD["other"]), text)
    return text
