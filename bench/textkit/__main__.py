"""``python -m bench.textkit [LINE...] [--answers FILE] [--corpus FILE]``.

``--answers`` is a CSV of answers labelled by people: ``text``, ``label`` (several parted by « | »), and ``question``
where there are several. ``--corpus`` is a CSV of many real remarks with a column ``text``. Neither is part of the
project; without them the figures are those of our own remarks, and say so.
"""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from bench.textkit.costs import encoder, speed
from bench.textkit.grouping import groups, questions, stability
from bench.textkit.kinds import kinds
from bench.textkit.labelling import few, themes
from bench.textkit.likeness import copies, opposites, paraphrases
from bench.textkit.sets import Answers, load_answers
from bench.textkit.views import views
from cahiers.textkit.encoders import default_vectoriser

LINES: dict[str, Callable[[Answers, Path | None], None]] = {
    "themes": themes, "few": few, "groups": groups, "questions": questions, "stability": stability, "copies": copies,
    "opposites": opposites, "paraphrases": paraphrases, "kinds": kinds, "views": views, "speed": speed,
    "encoder": encoder,
}  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.textkit", description=__doc__)
    parser.add_argument("lines", nargs="*", metavar="LINE", help=f"among {', '.join(LINES)}; all by default")
    parser.add_argument("--answers", type=Path, help="answers labelled by people")
    parser.add_argument("--corpus", type=Path, help="many real remarks")
    parser.add_argument("--size", type=int, help="only this size for speed")
    args = parser.parse_args()
    if unknown := set(args.lines) - set(LINES):
        parser.error(f"unknown: {', '.join(sorted(unknown))}")
    answers = load_answers(args.answers)
    print(
        f"Réponses étiquetées : {answers.origin} ({len(answers.texts)}) ; traits : {default_vectoriser().name}"
    )
    if args.answers is None:
        print("Sans --answers (text,label[,question]), les étiquettes sont les nôtres.")
    for name in args.lines or LINES:
        if name == "speed" and args.size:
            speed(answers, args.corpus, [args.size])
        else:
            LINES[name](answers, args.corpus)
    return 0


if __name__ == "__main__":
    sys.exit(main())
