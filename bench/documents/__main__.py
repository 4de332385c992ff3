"""Documents: how long each format takes to write and to read, beside what others take for the same file.

`python -m bench.documents` prints a line a figure: CPU seconds (medians of several runs), the same for a reference
measured in this run, their ratio, and the goal. With CAHIERS_SEEDS set, the texts of that folder are read too.
"""

import sys

from bench.documents.command import command, print_peak
from bench.documents.tables import other_formats
from bench.documents.texts import portable_documents, texts
from bench.documents.word_processors import word_processors


def main() -> None:
    if sys.argv[1:2] == ["--peak"]:
        print_peak(sys.argv[2], int(sys.argv[3]))
        return
    for family in (word_processors, other_formats, portable_documents, texts):
        for figure in family():
            print(figure, flush=True)
    print(command())


if __name__ == "__main__":
    main()
