"""How wide text runs on a page: enough to tell whether a word would still have fitted on a line."""

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Final

Metric = Callable[[str], float]

LOWER: Final = "abcdefghijklmnopqrstuvwxyz"
UPPER: Final = LOWER.upper()
SIGNS: Final = " .,:;!?'’()-/«»…–%&\"°œ+0"
#: Advance widths of common faces, in thousandths of the size, for LOWER, UPPER and SIGNS ("0" is any digit). Other
#: faces of the same kind (Arial, Liberation; Times New Roman; Verdana; Carlito) measure the same or nearly.
FACES: Final = {
    "helvetica": (
        "556 556 500 556 556 278 556 556 222 222 500 222 833 556 556 556 556 333 500 278 556 500 722 500 500 500",
        "667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 667 778 722 667 611 722 667 944 667 667 611",
        "278 278 278 278 278 278 556 191 222 333 333 333 278 556 556 1000 556 889 667 355 400 944 584 556",
    ),
    "times": (
        "444 500 444 500 444 333 500 500 278 278 500 278 778 500 500 500 500 333 389 278 500 500 722 500 500 444",
        "722 667 667 722 611 556 722 722 333 389 722 611 889 722 722 556 722 667 556 611 722 722 944 722 722 611",
        "250 250 250 278 278 333 444 180 333 333 333 333 278 500 500 1000 500 833 778 408 400 722 564 500",
    ),
    "calibri": (
        "479 525 423 525 498 305 471 525 229 239 455 229 799 525 527 525 525 349 391 335 525 452 715 433 453 395",
        "579 544 533 615 488 459 631 623 252 319 520 420 855 646 662 517 673 543 459 487 642 567 890 519 487 468",
        "226 252 250 268 268 326 463 221 250 303 303 306 386 512 512 690 498 715 682 401 339 850 498 507",
    ),
    "dejavu": (
        "613 635 550 635 615 352 635 634 278 278 579 278 974 634 612 635 635 411 521 392 634 592 818 592 592 525",
        "684 686 698 770 632 575 775 752 295 295 656 557 863 748 787 603 787 695 635 611 732 684 989 685 611 685",
        "318 318 318 337 337 401 531 275 318 390 390 361 337 612 612 1000 500 950 780 460 500 1023 838 636",
    ),
}
#: Texts are measured up to here: a line of a table is never so long.
MAX_MEASURED: Final = 400


def _face(name: str) -> Metric:
    widths = dict(zip(LOWER + UPPER + SIGNS, map(int, " ".join(FACES[name]).split()), strict=True))
    digit = widths["0"]

    @cache
    def width_of(character: str) -> int:
        for one in (character, unicodedata.normalize("NFKD", character)[0]):
            if one in widths:
                return widths[one]
        return digit

    known = {
        character: width_of(character) for character in "éèêëàâçùûîïôöÉÈÊÀÇ\u00a0\u202f123456789“”—"
    } | widths

    def measure(text: str) -> float:
        text = text[:MAX_MEASURED]
        return (
            sum([known[c] if c in known else (width_of(c) if c < "\u2fff" else digit) for c in text]) / 1000
        )

    return measure


def counted(text: str) -> float:
    """Width of a text whose characters are all as wide."""
    return len(text[:MAX_MEASURED]) / 2


METRICS: Final[tuple[Metric, ...]] = (*(_face(name) for name in FACES), counted)


def overflow(paragraphs: Iterable[Sequence[tuple[str, str]]], measure: Metric) -> float:
    """How far the lines of wrapped paragraphs are from having broken at one width each, 0 being perfect.

    A paragraph is its lines but the last, each with what it would have been with the next word.
    """
    total = 0.0
    for lines in paragraphs:
        longest = max(measure(line) for line, _ in lines)
        fitting = min(measure(longer) for _, longer in lines)
        total += min(0.2, max(0.0, longest / (fitting or 1) - 1))
    return total


def metric_for(paragraphs: Sequence[Sequence[tuple[str, str]]]) -> Metric:
    """The metric that explains best where these paragraphs' lines break."""
    return min(METRICS, key=lambda measure: overflow(paragraphs, measure))
