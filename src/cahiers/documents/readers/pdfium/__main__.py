"""Reads a PDF file from standard input and prints its pages as JSON, or the name of what is wrong with it."""

import json
import resource
import sys
from dataclasses import astuple
from typing import Final

from cahiers.documents.readers.pdfium.contents import TooMuch
from cahiers.documents.readers.pdfium.document import Broken, Locked, pages_of

#: Bytes of address space and seconds of processor time: four times what 60 pages and what 400 pages take.
MEMORY: Final = 440 * 1024 * 1024
SECONDS: Final = 4


def main() -> None:
    _limit(resource.RLIMIT_AS, MEMORY)
    _limit(resource.RLIMIT_CPU, SECONDS)
    _limit(resource.RLIMIT_CORE, 0)
    try:
        answer: object = [astuple(page) for page in pages_of(bytearray(sys.stdin.buffer.read()))]
    except (Broken, Locked, TooMuch) as error:
        answer = type(error).__name__
    except MemoryError:
        answer = TooMuch.__name__
    json.dump(answer, sys.stdout)


def _limit(what: int, most: int) -> None:
    _, hard = resource.getrlimit(what)
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(what, (most, hard))


main()
