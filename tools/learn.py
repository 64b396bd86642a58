"""Learn what wordings speak for which weakness: writes ontology/data/weakness_weights.json.xz.

    python -m tools.learn               learn from all that is annotated
    python -m tools.learn --held-out    only say how well each writer's wordings are told from the others' alone

Learned from are the wordings in tests/truth/wordings/ (one file a writer), the shortcomings and causes of the annotated
reports that `LEARNED_REPORTS` names, and the labels of the scheme. The other annotated reports measure what was
learned. Same input, same bytes.
"""

import argparse
import json
import lzma
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from extract.matching import fold
from extract.weaknesses import WEIGHTS, Weights, classify_with, features, grams, read_weights
from ontology.vocabulary import load_vocabulary

TRUTH = Path(__file__).resolve().parent.parent / "tests" / "truth"
WORDINGS = TRUTH / "wordings"
LEARNED_REPORTS = ("0", "A", "B", "C", "D", "E", "F", "R", "S")
# Regularisation, the rarest gram and the smallest weight that are kept, and the unit of the stored weights.
_SOFTNESS = 32.0
_RAREST = 2
_SMALLEST = 0.5
_STEP = 0.1
_FOLDS = 5

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Example:
    """An annotated wording: of a cause, `passage` is the statement again; `writer` is who wrote it."""

    statement: str
    passage: str
    categories: tuple[str, ...]
    writer: str


def read_examples() -> list[Example]:
    """All annotated wordings that may be learned from, in a fixed order."""
    return [*_from_wordings(), *_from_reports()]


def _from_wordings() -> Iterator[Example]:
    for path in sorted(WORDINGS.glob("*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines():
            _, statement, passage, categories = line.split("\t")
            yield Example(statement, passage, tuple(categories.split("|")), path.stem)


def _from_reports() -> Iterator[Example]:
    seen: set[Example] = set()
    for path in sorted(TRUTH.glob("*.json")):
        if not path.name.startswith(LEARNED_REPORTS):
            continue
        for stated in json.loads(path.read_text(encoding="utf-8"))["deficiencies"]:
            found = [(stated["statement"], stated["quote"], stated["categories"])]
            found += [(cause["statement"], cause["statement"], cause["categories"]) for cause in stated["causes"]]
            for statement, passage, categories in found:
                example = Example(statement, passage, tuple(categories), path.stem[0])
                if example not in seen:
                    seen.add(example)
                    yield example


def learn(examples: Sequence[Example]) -> dict[str, object]:
    """What `extract.weaknesses.read_weights` reads, from examples of two writers or more.

    The weights are learned from all; how to mix their evidence from what the weights of some writers say of the
    others' wordings, since of wordings that they have seen they are too sure. From what odds on a category holds is
    told by the F1 of these, too: where the odds are even, more is missed than is wrong (Lipton, Elkan and Naryanaswamy
    2014, "Optimal Thresholding of Classifiers to Maximize F1 Measure").
    """
    writers = sorted({example.writer for example in examples})
    rows: list[tuple[float, ...]] = []
    held: list[bool] = []
    for fold_ in (writers[first::_FOLDS] for first in range(min(_FOLDS, len(writers)))):
        part = read_weights(_weigh([example for example in examples if example.writer not in fold_]))
        for example in (each for each in examples if each.writer in fold_):
            rows += features(part, example.statement, example.passage)
            held += [category in example.categories for category in part.categories]
    mixed = LogisticRegression(max_iter=1000).fit(np.array(rows), np.array(held))
    least = _least_odds(mixed.decision_function(np.array(rows)), np.array(held))
    mix = [round(float(each), 3) for each in (*mixed.coef_[0], mixed.intercept_[0] - least)]
    return _weigh(examples) | {"mix": mix, "from": digest()}


def _least_odds(odds: Floats, held: Bools) -> float:
    """The log odds with which F1 is best where all categories hold that have at least these."""
    order = np.argsort(-odds, kind="stable")
    f1s = 2 * np.cumsum(held[order]) / (np.arange(1, len(held) + 1) + held.sum())
    return float(odds[order[f1s.argmax()]])


def digest() -> str:
    """A digest of all that is learned from and of how: weights with another one are out of date."""
    paths = [Path(__file__), *sorted(WORDINGS.glob("*.tsv")), *sorted(TRUTH.glob("*.json"))]
    used = [path for path in paths if path.suffix != ".json" or path.name.startswith(LEARNED_REPORTS)]
    labels = "\n".join(f"{name} {label}" for name, label in _labels())
    return sha256(b"\0".join([labels.encode(), *(path.read_bytes() for path in used)])).hexdigest()[:16]


def _labels() -> Iterator[tuple[str, str]]:
    for concept in load_vocabulary().weaknesses.values():
        yield from ((concept.id, label) for label in concept.labels)


def _weigh(examples: Iterable[Example]) -> dict[str, object]:
    """The weights of all grams, without the mix."""
    texts: list[tuple[str, tuple[str, ...]]] = [(label, (name,)) for name, label in _labels()]
    for example in examples:
        texts.append((example.passage, example.categories))
        if example.statement != example.passage:  # a heading speaks for what is told first
            texts.append((example.statement, example.categories[:1]))
    sets = [sorted(grams(fold(text, 0, len(text)).text)) for text, _ in texts]
    often = Counter(gram for found in sets for gram in found)
    columns = {gram: column for column, gram in enumerate(sorted(g for g, n in often.items() if n >= _RAREST))}
    cells = [
        (row, columns[gram], len(found) ** -0.5) for row, found in enumerate(sets) for gram in found if gram in columns
    ]
    index = np.array([cell[:2] for cell in cells], dtype=np.int32).T
    matrix = csr_matrix(([cell[2] for cell in cells], index), shape=(len(sets), len(columns)))
    categories = sorted({category for _, held in texts for category in held})
    models = []
    for category in categories:
        wanted = np.array([category in held for _, held in texts])
        models.append(LogisticRegression(C=_SOFTNESS, solver="liblinear", random_state=0).fit(matrix, wanted))
    weights = np.vstack([model.coef_[0] for model in models])
    kept = np.where(np.abs(weights) < _SMALLEST, 0, np.round(weights / _STEP)).astype(int)
    rows = {
        gram: [int(each) for category in np.flatnonzero(kept[:, column]) for each in (category, kept[category, column])]
        for gram, column in columns.items()
    }
    return {
        "step": _STEP,
        "categories": categories,
        "bias": [round(float(model.intercept_[0]) / _STEP, 2) for model in models],
        "grams": {gram: row for gram, row in rows.items() if row},
        "mix": [],
    }


def hold_out(examples: Sequence[Example]) -> None:
    """Print, for each writer of wordings, the F1 of what is learned from all others."""
    writers = sorted({example.writer for example in examples})
    for writer in writers:
        weights = read_weights(learn([example for example in examples if example.writer != writer]))
        held = [example for example in examples if example.writer == writer]
        said = [f"{writer:14}"]
        for name, some in (
            ("shortcomings", [example for example in held if example.statement != example.passage]),
            ("causes and headings", [example for example in held if example.statement == example.passage]),
        ):
            said.append(f"{name} {f1(weights, some):.3f} of {len(some)}")
        print("   ".join(said), flush=True)


def f1(weights: Weights, examples: Sequence[Example]) -> float:
    """The F1 of the categories, over all examples together."""
    right = found = wanted = 0
    for example in examples:
        told = classify_with(weights, example.statement, example.passage)
        right += len(set(told) & set(example.categories))
        found += len(told)
        wanted += len(example.categories)
    return 2 * right / (found + wanted) if found + wanted else 0.0


def main() -> int:
    """Learn and write, or measure."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--held-out", action="store_true", help="measure on each writer what the others teach")
    args = parser.parse_args()
    examples = read_examples()
    if args.held_out:
        hold_out(examples)
        return 0
    learned = learn(examples)
    data = json.dumps(learned, ensure_ascii=False, separators=(",", ":")).encode()
    path = Path(str(WEIGHTS))
    path.write_bytes(lzma.compress(data, preset=9 | lzma.PRESET_EXTREME))
    print(f"{len(examples)} wordings: {path}, {path.stat().st_size} bytes", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
