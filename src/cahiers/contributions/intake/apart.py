"""Lines of a long table, made ready by a process of its own while this one writes them: see docs/adr/0014."""

import os
import pickle
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import IO, Any, Final

from cahiers.contributions.intake import lines
from cahiers.contributions.intake.lines import Batch, Progress, Source
from cahiers.contributions.tables import Unreadable

#: Bytes that wait between the two, where the system allows it: about what stands in one batch. Who reads waits for
#: who writes, so that the file's length takes no memory.
WAITING: Final = 1 << 20
#: By how much it stands behind who answers people, where all want the processor.
POLITE: Final = 5
INTERRUPTED: Final = (
    "La lecture du tableau a été interrompue, peut-être faute de mémoire :"
    " reprenez l’import, rien n’entrera deux fois."
)


@contextmanager
def prepared(source: Source, behind: int, progress: Progress) -> Iterator[Iterator[Batch]]:
    """As lines.prepared, which it runs in another process; that one begins at once and does not outlive the block."""
    command = [sys.executable, "-m", __name__]
    with (
        lines.nothing_old_collected(),
        subprocess.Popen(  # noqa: S603 - this very program
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=1 << 16, pipesize=WAITING
        ) as process,
    ):
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            with suppress(BrokenPipeError), process.stdin as asked:
                pickle.dump((source, behind), asked)
            yield _received(process.stdout, progress)
        finally:
            process.kill()


def _received(stream: IO[bytes], progress: Progress) -> Iterator[Batch]:
    """Raises Unreadable."""
    while (told := _told(stream)) is not None:
        if isinstance(told, Batch):
            yield told
        else:
            progress(*told)


def _told(stream: IO[bytes]) -> Batch | tuple[int, int] | None:
    """What comes next: a batch, how far it is, or None at the end. Raises Unreadable."""
    try:
        told: Batch | tuple[int, int] | str | None = pickle.load(stream)  # noqa: S301 - our own process wrote it
    except (EOFError, pickle.UnpicklingError):
        raise Unreadable(INTERRUPTED) from None
    if isinstance(told, str):
        raise Unreadable(told)
    return told


def main() -> None:
    """Read what is asked for on the input, and tell its batches on the output, until nobody listens any more."""
    asked, out = sys.stdin.buffer, sys.stdout.buffer
    if hasattr(os, "nice"):
        os.nice(POLITE)

    def tell(told: Any) -> None:
        pickle.dump(told, out, pickle.HIGHEST_PROTOCOL)
        out.flush()

    source, behind = pickle.load(asked)  # noqa: S301 - the process that began this one wrote it
    try:
        with lines.prepared(source, behind, lambda line, share: tell((line, share))) as batches:
            for batch in batches:
                tell(batch)
        tell(None)
    except Unreadable as refusal:
        tell(str(refusal))


if __name__ == "__main__":
    try:
        main()
    except BrokenPipeError:
        os._exit(1)  # without trying to empty the output once more
