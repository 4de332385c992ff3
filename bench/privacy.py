"""What detection of personal data finds in sentences marked by hand, and how fast.

`python -m bench.privacy` prints recall and precision by kind, on the sentences that it was mended against and on those
that were put aside; with `-v`, what is missed or flagged for nothing.
"""

import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))


def main(wordy: bool) -> None:
    from cahiers.contributions.privacy.detection import find
    from tests.contributions.privacy import measuring

    for part in measuring.PARTS:
        read = measuring.sentences(part)
        print(f"{part}: {len(read)} sentences")
        print("  kind      marked   recall  right kind  flagged  precision")
        by_kind = measuring.scores(read)
        for kind, score in sorted(by_kind.items()):
            right = score.right / score.marked if score.marked else 1.0
            print(
                f"  {kind or 'all':8}  {score.marked:6}  {score.recall:7.3f}  {right:10.3f}"
                f"  {score.flagged:7}  {score.precision:9.3f}"
            )
        if wordy and part in (measuring.MENDED, measuring.SMALL):
            print("\n".join(f"    {line}" for line in by_kind[""].wrong))
    texts = [one.text for one in measuring.sentences(measuring.MENDED)] * 40
    began = time.process_time()
    for text in texts:
        find(text)
    took = time.process_time() - began
    print(
        f"{len(texts) / took:,.0f} sentences a second, {sum(map(len, texts)) / took / 1e6:.1f} million characters"
    )


if __name__ == "__main__":
    main("-v" in sys.argv[1:])
