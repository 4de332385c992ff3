"""Copies, opposite remarks and paraphrases: what is joined, what is kept apart, what is proposed."""

import random
import time
from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np

from bench.textkit.sets import PAIRS, Answers, fitted, load_corpus, pairs, tell
from cahiers.textkit import duplicates
from cahiers.textkit.french import fold, normal_form
from cahiers.textkit.kinds import default_classifier
from cahiers.textkit.model import Passage
from cahiers.textkit.opposition import opposed, turned


def copies(answers: Answers, corpus: Path | None) -> None:
    """Copies retyped by a machine among real remarks; reference: exact copies after normalisation."""
    for number, reach in ((10_000, "P 0,95 ; R 0,92"), (100_000, "P 0,90 ; R 0,90 en 60 s")):
        base, origin = load_corpus(corpus, int(number * 0.7))
        texts, truth = retyped(base, number)
        passages = [Passage(str(row), text) for row, text in enumerate(texts)]
        start, cpu = time.perf_counter(), time.process_time()
        evidence = [*duplicates.exact(passages), *duplicates.lexical(passages)]
        found = pairs_of(duplicates.sets(passages, evidence))
        spent, cpu = time.perf_counter() - start, time.process_time() - cpu
        plain = pairs_of(duplicates.sets(passages, duplicates.exact(passages)))
        right = len(found & truth)
        seen = f"P {right / len(found):.3f}, R {right / len(truth):.3f}, {spent:.0f} s ({cpu:.0f} CPU)"
        reference = f"exactes R {len(plain & truth) / len(truth):.3f}"
        tell(f"copies, {number} ({origin[:14]})", seen, reach, reference)


def opposites(answers: Answers, corpus: Path | None) -> None:
    """Opposite pairs told apart, paraphrases left alone, list by list; reference: the classifier of senses alone."""
    halves = ["other_pairs, worked", "other_pairs, aside"]
    for name in [*PAIRS[:-1], *halves]:
        apart, alike = pairs(name, "opposite"), pairs(name, "paraphrase")
        senses = default_classifier().labels([text for pair in apart for text in pair])[1]
        alone = np.mean([a != b for a, b in zip(senses[::2], senses[1::2], strict=True)])
        told = np.mean([opposed(*pair) for pair in apart])
        known = np.mean([turned(*pair) for pair in apart])
        wrong = (
            f", {np.mean([turned(*pair) for pair in alike]):.3f} de {len(alike)} paraphrases" if alike else ""
        )
        seen = f"{told:.3f} de {len(apart)} ; sûrement {known:.3f}{wrong}"
        tell(f"sens opposés, {name}", seen, "0,95", f"classeur seul {alone:.3f}")
    apart = [pair for name in PAIRS for pair in pairs(name, "opposite")]
    joined = 0
    for first, second in apart:
        both = [Passage("1", first), Passage("2", second)]
        joined += bool(duplicates.sets(both, [*duplicates.exact(both), *duplicates.lexical(both)]))
    tell("sens opposés réunis comme copies", str(joined), "0", f"sur {len(apart)} paires écrites à la main")


def paraphrases(answers: Answers, corpus: Path | None) -> None:
    """Written pairs among all our remarks; reference: the same cosine without the guard against opposites."""
    same = [pair for name in PAIRS for pair in pairs(name, "paraphrase")]
    apart = [pair for name in PAIRS for pair in pairs(name, "opposite")]
    texts = list(dict.fromkeys([text for pair in (*same, *apart) for text in pair] + answers.texts))
    place = {text: number for number, text in enumerate(texts)}
    truth = {tuple(sorted((place[a], place[b]))) for a, b in same}
    false = {tuple(sorted((place[a], place[b]))) for a, b in apart}
    vectors = fitted(texts)[1].dense
    passages = [Passage(str(number), text) for number, text in enumerate(texts)]
    for threshold in (duplicates.PARAPHRASE, 0.6):
        proposed = duplicates.paraphrases(passages, vectors, threshold=threshold)
        found = {(int(pair.first), int(pair.second)) for pair in proposed}
        near = sum(float(vectors[a] @ vectors[b]) >= threshold for a, b in false)
        judged = len(found & truth) + len(found & false)
        seen = (
            f"{len(found)} paires ; R {len(found & truth) / len(truth):.3f}, opposées {len(found & false)}, "
            f"P {len(found & truth) / max(1, judged):.3f}"
        )
        tell(
            f"paraphrases proposées, ≥ {threshold:.2f}", seen, "0 opposée", f"sans la garde, opposées {near}"
        )


def pairs_of(found: Sequence[Any]) -> set[tuple[int, int]]:
    return {
        (min(a, b), max(a, b))
        for entry in found
        for a, b in combinations([int(member) for member in entry.members], 2)
    }


def retyped(base: Sequence[str], number: int) -> tuple[list[str], set[tuple[int, int]]]:
    """``base`` without its own copies, filled up to ``number`` with retyped ones; and the pairs that are the same."""
    distinct = list({normal_form(text): text for text in base}.values())
    choose = random.Random(11)
    entries = list(enumerate(distinct))
    while len(entries) < number:
        origin = choose.randrange(len(distinct))
        entries.append((origin, retype(distinct[origin], choose)))
    choose.shuffle(entries)
    same: dict[int, list[int]] = defaultdict(list)
    for row, (origin, _) in enumerate(entries):
        same[origin].append(row)
    return [text for _, text in entries], {
        pair for members in same.values() for pair in combinations(members, 2)
    }


def retype(text: str, choose: random.Random) -> str:
    """One to three of what people do: slips, accents and capitals lost, a small word dropped, a formula added."""
    for change in choose.sample(
        ["slip", "accent", "case", "end", "begin", "drop"], choose.choice([1, 1, 2, 2, 3])
    ):
        words = text.split()
        if change == "slip":
            place = max(range(len(words)), key=lambda n: (len(words[n]) > 4) * choose.random())
            word, cut = words[place], choose.randrange(1, max(2, len(words[place]) - 1))
            words[place] = word[:cut] + word[cut : cut + 2][::-1] + word[cut + 2 :]
            text = " ".join(words)
        elif change == "accent":
            text = "".join(fold(c) if c.islower() else c for c in text)
        elif change == "case":
            text = text.upper() if choose.random() < 0.3 else text.lower()
        elif change == "end":
            text = text.rstrip(".!? ") + choose.choice([" merci", " svp", " !!", "..."])
        elif change == "begin":
            text = choose.choice(["Je pense que ", "Pour moi, ", "Selon moi "]) + text
        elif small := [
            n for n, word in enumerate(words) if fold(word) in ("le", "la", "les", "de", "des", "du", "un")
        ]:
            words.pop(choose.choice(small))
            text = " ".join(words)
    return text
