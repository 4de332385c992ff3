"""Time and memory from the CSV file to the groups, each run in a process of its own."""

import argparse
import csv
import gc
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path

import simplemma
from sklearn.cluster import KMeans
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer

from bench.textkit.sets import Answers, load_corpus, rows, tell
from cahiers.textkit.analysis import analyse
from cahiers.textkit.encoders import FusedVectoriser, UniversalEncoder, default_vectoriser
from cahiers.textkit.french import tokens
from cahiers.textkit.intake import Columns, read_csv
from cahiers.textkit.lexical import LexicalVectoriser
from cahiers.textkit.vectors import Vectoriser
from cahiers.textkit.wordvectors import WordVectors

SIZES = {10_000: "3 s", 100_000: "15 s", 1_000_000: "120 s et 3 Go"}
JOBS: dict[str, Callable[[], Vectoriser]] = {
    "lexical": LexicalVectoriser,
    "vectors": lambda: FusedVectoriser(WordVectors()),
    "fused": default_vectoriser,
}
EVERY = 0.2  # seconds between two looks at the memory


def speed(answers: Answers, corpus: Path | None, sizes: Sequence[int] = tuple(SIZES)) -> None:
    """Words, then words and their vectors, without search for copies; reference: lemmas, TF-IDF, SVD and k-means."""
    for number in sizes:
        texts, origin = load_corpus(corpus, number)
        theirs = measured(texts, "classical")
        reference = f"{theirs['wall']:.1f} s ({theirs['cpu']:.1f} CPU), {theirs['memory']:.0f} Mo"
        for job, reach in (("lexical", SIZES.get(number, "")), ("vectors", "")):
            ours = measured(texts, job)
            ratio = ours["cpu"] / theirs["cpu"]
            seen = f"{ours['wall']:.1f} s ({ours['cpu']:.1f} CPU, {ratio:.2f} x), {ours['memory']:.0f} Mo"
            tell(f"vitesse, {job}, {number} ({origin[:14]})", seen, reach, f"lemmes + k-means {reference}")


def encoder(answers: Answers, corpus: Path | None) -> None:
    """The same with the sentence encoder, its workers' memory included; reference: encoding alone."""
    texts, origin = load_corpus(corpus, 100_000)
    ours, alone = measured(texts, "fused"), measured(texts, "encoding")
    seen = f"{ours['wall']:.0f} s ({ours['cpu']:.0f} CPU, {ours['cpu'] / alone['cpu']:.2f} x), {ours['memory']:.0f} Mo"
    reference = f"encoder seul {alone['wall']:.0f} s ({alone['cpu']:.0f} CPU)"
    tell(f"avec encodeur, 100000 ({origin[:12]})", seen, "240 s et 2 Go", reference)


def measured(texts: Sequence[str], job: str) -> dict[str, float]:
    """Wall and CPU seconds, and the peak in MB, of a process that does one job and of those it starts."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "corpus.csv"
        with path.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows([("text",), *((text,) for text in texts)])
        command = [sys.executable, "-m", "bench.textkit.costs", str(path), job]
        answer = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    found: dict[str, float] = json.loads(answer.stdout)
    return found


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("file", type=Path)
    parser.add_argument("job", choices=("encoding", "classical", *JOBS))
    args = parser.parse_args()
    peak = [0.0]
    threading.Thread(target=_watch, args=(peak,), daemon=True).start()
    gc.freeze()  # as the command does
    start, before = time.perf_counter(), os.times()
    if args.job == "classical":
        _classical(args.file)
    elif args.job == "encoding":
        UniversalEncoder().embed_batch([row["text"] for row in rows(args.file)])
    else:
        passages = read_csv(args.file, Columns("text")).passages
        analyse(passages, vectoriser=JOBS[args.job](), kinds=False, find_duplicates=False)
    after = os.times()
    spent = {"wall": time.perf_counter() - start, "cpu": sum(after[:4]) - sum(before[:4])}
    json.dump({**spent, "memory": max(peak[0], _resident())}, sys.stdout)


def _classical(path: Path) -> None:
    lemma = lru_cache(maxsize=None)(lambda word: simplemma.lemmatize(word, lang="fr"))
    words = TfidfVectorizer(analyzer=lambda text: [lemma(word) for word in tokens(text)], min_df=2)
    reduced = TruncatedSVD(100, random_state=0).fit_transform(
        words.fit_transform([row["text"] for row in rows(path)])
    )
    KMeans(100, n_init=1, random_state=0).fit(reduced)


def _watch(peak: list[float]) -> None:
    while True:
        peak[0] = max(peak[0], _resident())
        time.sleep(EVERY)


def _resident() -> float:
    """Megabytes of this process and its children; Linux only, as the figures are."""
    total = 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            lines = (folder / "status").read_text(encoding="utf-8").splitlines()
        except OSError:
            continue
        fields = dict(line.split(":", 1) for line in lines if ":" in line)
        if os.getpid() in (int(fields["Pid"]), int(fields["PPid"])):
            total += int(fields.get("VmRSS", "0 kB").split()[0])
    return total / 1024


if __name__ == "__main__":
    main()
