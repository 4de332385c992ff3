"""What the names, aliases and guidance of themes say of a remark, before anybody has decided anything."""

import re
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from cahiers.textkit.codebooks import Codebook
from cahiers.textkit.french import fold, terms, tokens
from cahiers.textkit.lexicon import FUNCTION_WORDS, LEFT_OVER, LEFT_OVER_BESIDE, NOTHING
from cahiers.textkit.neighbours import nearest
from cahiers.textkit.vectors import Dense, Features, Vectoriser, unit_rows

Scores = NDArray[np.float64]

SHARED_WORDS = 0.5  # weight of a name's own words beside the nearness of its vector
SHARPNESS = 8.0  # cosines to log-odds
ROUNDS = 3
FEW_THEMES = 5  # a grid of so few has broad themes, that no single centre can stand for
PSEUDO = 5.0  # weight of a decided remark among those that are only likely
POOL = 8_000  # remarks that the prototypes are refined on, and that lend their scores to their neighbours
AROUND = 10
RIDGE = 3.0
CERTAIN = 30.0  # weight of a decided remark in the regression, where one that was only guessed weighs 1
SHARE = 2 / 3  # of what the regression says while nothing is decided
BELIEVED = 0.5
SHARE_ROUNDS, LEAST_SHARE = 20, 0.01  # a theme that seems to hold nothing is still possible
LESSONS = 4  # times that guesses are learnt as if they were true; 3 to 5 are alike
LESS_AT = 10  # decided remarks a theme at which it says half as much: models of the decisions alone say the same better
WORDS = 1.0  # cosines with words' log-odds to log-odds of themes
# As LESS_AT, for words and for how many remarks speak of a theme: sooner, since models learn both from decisions first.
WORDS_LESS_AT = 3
RARE = 2.0  # mean masses of a theme at which a word's own share weighs as much as its share of all remarks
SPOKEN = 0.1  # cosine of words from which a remark is held to speak of a description; .06 to .15 are alike
UNSPOKEN = 0.3  # of the mean share: what a theme whose words nobody writes keeps
_LIST = re.compile(r"\s*[,;\n]\s*")


class Names:
    """The descriptions of a codebook as vectors; a list in a guidance is read item by item."""

    def __init__(self, codebook: Codebook, vectoriser: Vectoriser, features: Features) -> None:
        described = [
            (number, item)
            for number, theme in enumerate(codebook.themes)
            for text in theme.descriptions
            for item in _LIST.split(text)
            if item
        ]
        owners = np.asarray([number for number, _ in described])
        found = vectoriser.transform([text for _, text in described])
        self.size = len(codebook.themes)
        spread = sparse.csr_matrix(
            (np.ones(len(owners)), (owners, np.arange(len(owners)))), shape=(self.size, len(owners))
        )
        names = unit_rows(np.asarray(spread @ found.dense, dtype=np.float32))
        width = names.shape[1]
        self.middle: Dense = (
            features.dense.mean(axis=0) if len(features) else np.zeros(width, dtype=np.float32)
        )
        self.dense = unit_rows(names - names.mean(axis=0)) if self.size > 1 else names
        self._sparse = None if found.sparse is None else _unit_sparse(spread @ found.sparse)
        self.terms = [
            {form for text in theme.descriptions for form in terms(text)} for theme in codebook.themes
        ]
        self._left = np.asarray([left_over(theme.name) for theme in codebook.themes], dtype=bool)
        self._level = -np.inf
        self.spoken: Scores = np.zeros(self.size)
        if len(features) and not self._left.all():
            sample = features.take(np.arange(0, len(features), _step(features)))
            if self._left.any():
                self._level = float(self._as_named(sample)[:, ~self._left].max(axis=1).mean())
            unsaid = [left_over(theme.name) and not says_nothing(theme.name) for theme in codebook.themes]
            self.spoken = _spoken(sample.sparse, found.sparse, spread, np.asarray(unsaid))

    def near(self, features: Features) -> Scores:
        """(n, themes) nearness of each remark to each theme's descriptions, as a cosine.

        « Aucun » or « Autres » says nothing of its remarks but that they are far from the other themes. It is as near
        to every remark as they are, in the mean, to the theme that they resemble most.
        """
        found = self._as_named(features)
        found[:, self._left] = np.maximum(found[:, self._left], self._level)
        return found

    def _as_named(self, features: Features) -> Scores:
        found = np.asarray(self.centred(features) @ self.dense.T, dtype=np.float64)
        if self._sparse is not None and features.sparse is not None:
            found += SHARED_WORDS * np.asarray((features.sparse @ self._sparse.T).todense())
        return found

    def centred(self, features: Features) -> Dense:
        return unit_rows(features.dense - self.middle)


def _spoken(remarks: Any, descriptions: Any, spread: Any, unsaid: NDArray[np.bool_]) -> Scores:
    """(themes,) log-odds that themes have by how many remarks share words with one of their descriptions.

    Of labelled consultations some themes hold half of the answers and others one in a hundred: told how many, the
    guess would be right 16 points more often on seven questions, and half of it is told by words.
    Nobody writes « autres » (``unsaid``), which says nothing of how many are.
    """
    if remarks is None:
        return np.zeros(len(unsaid))
    speaks = remarks @ _unit_sparse(descriptions).T > SPOKEN
    shares = np.asarray((speaks @ spread.T > 0).mean(axis=0), dtype=np.float64).ravel()
    shares[unsaid] = shares[~unsaid].mean()
    odds = np.log(shares + UNSPOKEN * shares.mean() + 1e-9)
    return np.asarray(odds - odds.mean(), dtype=np.float64)


class Guess:
    """Names, drawn towards the words people really use, made even among neighbours, then learnt as if they were true.

    The remarks that resemble a theme most make its prototype: + 9 points of top-1 on a public set of 22 narrow labels,
    but - 3 on five broad ones, where neighbours help instead (+ 3); so a grid of few themes has no prototypes.
    A linear regression of these guesses keeps what they have in common and forgets their slips, and words that the
    likely remarks of a theme use more than others add what they tell. Both are learnt again from their own result:
    + 1 point of top-1 on three sets of four without any decision, beside learning them once. Each lesson leans
    towards the themes that remarks speak of in their names' own words, and so does the guess; not in a grid of few
    themes, whose names do not stand for all that they hold.
    """

    def __init__(self, names: Names, features: Features, rows: Any, labels: Any, shares: Any) -> None:
        """``rows`` of the features were decided to have ``labels``, each for its share of the remark."""
        self._names = names
        self._weight = max(0.0, 1 - FEW_THEMES / max(1, names.size))
        chosen = np.union1d(np.arange(0, len(features), _step(features)), rows).astype(np.int64)
        pool = features.take(chosen)
        self._pool = names.centred(pool)
        decided = (np.searchsorted(chosen, rows), labels)
        each = len(set(decided[0].tolist())) / max(1, names.size)
        words = WORDS_LESS_AT / (WORDS_LESS_AT + each)
        self._lean = self._weight * words * names.spoken
        self._prototypes = self._refined(names.near(pool), decided, shares)
        self._pool_scores = _with_decided(self._alone(pool), decided, shares)
        self._share = SHARE * LESS_AT / (LESS_AT + each)
        self._words: Words | None = None
        self._taught: tuple[Dense, Dense] | None = None
        self._spread = 1.0  # of the logarithms of scores: how boldly they part the themes
        self.usual: Scores = np.zeros(names.size)  # what to add for how many remarks each theme seems to hold
        if len(chosen):
            self._teach(pool, decided, shares, WORDS * words)

    def odds(self, features: Features) -> Scores:
        """(n, themes) log-odds of a spread of about one, which is as bold as they are right.

        Learnt several times, they part themes ten times too boldly: their softmax was off by .26 in the mean of five
        sets, and is by .06 at this spread.
        """
        return _logs(self._told(features, self._even(features))) / self._spread

    def _told(self, features: Features, even: Scores) -> Scores:
        if self._taught is None:
            return even
        found = self._learnt(features, even)
        if self._words is not None and features.sparse is not None:
            found = _sharp(found * self._words.tell(features.sparse), 1)
        return found

    def _learnt(self, features: Features, even: Scores) -> Scores:
        assert self._taught is not None
        weights, mean = self._taught
        learnt = np.clip(self._names.centred(features) @ weights + mean, 0.01, None).astype(np.float64)
        learnt /= learnt.sum(axis=1, keepdims=True)
        return np.asarray(self._share * learnt + (1 - self._share) * even, dtype=np.float64)

    def _teach(self, pool: Features, decided: tuple[Any, Any], shares: Any, weight: float) -> None:
        """Ridge regression of the guesses and of decisions, then words, each lesson from what the one before told."""
        trust = np.ones((len(pool), 1))
        trust[decided[0]] = CERTAIN
        points = self._pool.astype(np.float64)
        solved = np.linalg.solve(
            points.T @ (trust * points) + RIDGE * np.eye(points.shape[1]), (trust * points).T
        )
        even = self._even(pool)
        likely = even
        for _ in range(LESSONS):
            targets = _with_decided(likely.copy(), decided, shares)
            mean = (trust * targets).sum(axis=0) / trust.sum()
            self._taught = ((solved @ (targets - mean)).astype(np.float32), mean.astype(np.float32))
            if pool.sparse is not None:
                learnt = _with_decided(_sharp(self._learnt(pool, even), 1.5), decided, shares)
                self._words = Words(pool.sparse, learnt, weight)
            likely = softmax(_logs(self._told(pool, even)) + self._lean)
        odds = _logs(likely)
        self._spread = float(np.sqrt(np.mean((odds - odds.mean(axis=1, keepdims=True)) ** 2))) or 1.0
        self.usual = self._share / SHARE * _usual(odds / self._spread) + self._lean

    def _even(self, features: Features) -> Scores:
        indices, cosines = nearest(self._names.centred(features), self._pool, AROUND)
        weights = np.clip(cosines, 0, None).astype(np.float64) ** 2 + 1e-9
        weights /= weights.sum(axis=1, keepdims=True)
        around = np.einsum("ij,ijk->ik", weights, self._pool_scores[indices])
        return np.asarray((self._alone(features) + around) / 2, dtype=np.float64)

    def _alone(self, features: Features) -> Scores:
        near = self._names.near(features)
        if self._weight:
            near = near + self._weight * (self._names.centred(features) @ self._prototypes.T)
        return softmax(SHARPNESS * near)

    def _refined(self, near: Scores, decided: tuple[Any, Any], shares: Any) -> Dense:
        scores, prototypes = near, self._names.dense
        for _ in range(ROUNDS if self._weight and len(near) else 0):
            likely = softmax(scores * 10)
            # A broad name would take every remark: its share is brought back towards what remarks speak of.
            likely *= np.exp(self._lean) / (np.sqrt(likely.sum(axis=0, keepdims=True)) + 1e-9)
            likely /= likely.sum(axis=1, keepdims=True)
            likely[decided[0]] = 0
            likely[decided] = PSEUDO * shares
            prototypes = unit_rows(np.asarray(likely.T @ self._pool, dtype=np.float32))
            scores = near + self._pool @ prototypes.T
        return prototypes


class Words:
    """The words that likely remarks of a theme use more than all remarks do, and what they tell of a remark."""

    def __init__(self, words: Any, likely: Scores, weight: float) -> None:
        """``words`` is (n, words), CSR; ``likely`` is (n, themes), a row sums to one."""
        usual = np.asarray(words.sum(axis=0), dtype=np.float64).ravel() + 1e-3
        usual = (usual / usual.sum())[:, None]
        used = np.asarray(words.T @ likely, dtype=np.float64)
        mass = used.sum(axis=0)
        # A word seen little says little: its share is drawn towards the one that it has among all remarks.
        floor = RARE * mass.mean() + 1e-9
        self._odds = weight * np.log((used + floor * usual) / ((mass + floor) * usual))

    def tell(self, words: Any) -> Scores:
        """(n, themes), each row sums to one."""
        return softmax(np.asarray(words @ self._odds, dtype=np.float64))


def _with_decided(scores: Scores, decided: tuple[Any, Any], shares: Any) -> Scores:
    """What people decided takes the place of what was guessed."""
    scores[decided[0]] = 0
    np.add.at(scores, decided, shares)
    return scores


def _sharp(scores: Scores, power: float) -> Scores:
    """Rows that sum to one again, after their differences grew."""
    raised = scores**power
    sharp: Scores = raised / raised.sum(axis=1, keepdims=True)
    return sharp


def _usual(odds: Scores) -> Scores:
    """(themes,) log-odds that themes have by the shares of remarks that they seem to hold.

    Shares follow from the odds and the odds from shares, in turn, as Saerens and others (2002) do; only half of them is
    believed: the whole loses 2 points of top-1 where themes are even, half wins 1 in the mean of five sets. Models of
    many decisions know the shares: beside them it would lose 1, so it fades.
    """
    shares = np.full(odds.shape[1], 1 / odds.shape[1])
    for _ in range(SHARE_ROUNDS):
        shares = softmax(odds + BELIEVED * np.log(shares)).mean(axis=0) + LEAST_SHARE / len(shares)
    usual = BELIEVED * np.log(shares)
    return np.asarray(usual - usual.mean(), dtype=np.float64)


def left_over(name: str) -> bool:
    """Whether a theme of that name holds what the others leave: « Autres », « Aucun », « Sans réponse »."""
    words = {word for word in map(fold, tokens(name)) if len(word) > 1}
    return bool(words & LEFT_OVER) and words <= LEFT_OVER | LEFT_OVER_BESIDE | FUNCTION_WORDS


def says_nothing(name: str) -> bool:
    """Whether people themselves write that name, of those that hold what is left: « Aucun », « Rien »."""
    return any(fold(word) in NOTHING for word in tokens(name))


def _step(features: Features) -> int:
    return max(1, -(-len(features) // POOL))


def _logs(scores: Scores) -> Scores:
    return np.asarray(np.log(np.clip(scores, 1e-9, None)), dtype=np.float64)


def softmax(scores: Scores) -> Scores:
    shifted = np.exp(scores - scores.max(axis=1, keepdims=True))
    soft: Scores = shifted / shifted.sum(axis=1, keepdims=True)
    return soft


def _unit_sparse(matrix: Any) -> Any:
    norms = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    norms[norms == 0] = 1
    return (sparse.diags(1 / norms) @ matrix).tocsr()
