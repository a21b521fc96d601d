"""Train the people model and write it, with its card, to indexer/data.

    python bench/train_people.py [--corpora DIR] [--ablate] [--dry-run]

Gold: the 1,696 sentences of wikigold in `ner_open`, and lines 0, 2, 4… of `ieer`, each taken four times:
news is what is tagged. Lines 1, 3, 5… are never opened here. Scores are from four-fold cross-validation
over the ieer lines (seed 1), through the whole people tagger's rules and the model. Features that name a
word, or more than three of its letters, are left out unless the word is in three articles or more; of
wikigold, which has no article marks, 25 sentences in a row count as one.
"""

import argparse
import gzip
import hashlib
import json
import random
import tempfile
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import pycrfsuite

from indexer import model
from indexer.evaluation.corpus import Row
from indexer.evaluation.people import gold_spans
from indexer.features import GROUPS, Reader
from indexer.people import rule_spans
from indexer.revise import added_spans, labels_of, spans_of
from indexer.words import Word

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "indexer" / "data"
SEED, FOLDS, TIMES, SENTENCES, ARTICLES = 1, 4, 4, 25, 3
PARAMETERS = {"c1": 0.3, "c2": 0.3, "max_iterations": 80, "feature.possible_transitions": True}
WORDS = GROUPS["words"]
UNSPACED = frozenset((".", ",", "!", "?", ";", ":", "'s", "’s", ")", "''", "%", "n't"))


@dataclass(frozen=True, slots=True)
class Example:
    """A text with its gold: words, labels of the rules, gold labels and spans, and the article's name."""

    article: str
    text: str
    words: list[Word]
    rules: list[str]
    gold: list[str]
    spans: frozenset[tuple[int, int]]


class Scores(NamedTuple):
    """Exact spans: right, wrong and missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def plus(self, gold: frozenset[tuple[int, int]], got: set[tuple[int, int]]) -> "Scores":
        """Return the counts with those of one more text."""
        right = len(gold & got)
        return Scores(self.right + right, self.wrong + len(got) - right, self.missed + len(gold) - right)

    def __str__(self) -> str:
        precision = self.right / max(1, self.right + self.wrong)
        recall = self.right / max(1, self.right + self.missed)
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        return f"{precision:.3f} | {recall:.3f} | {f1:.3f}"


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the rows of a packed JSONL file."""
    with gzip.open(path, "rt", encoding="utf-8") as source:
        yield from map(json.loads, source)


def example(article: str, text: str, spans: frozenset[tuple[int, int]]) -> Example:
    """Return a text as words with the rules' labels and the gold ones."""
    words, found = rule_spans(text)
    starts = [word.start for word in words]
    gold = ((bisect_left(starts, start), bisect_left(starts, end)) for start, end in sorted(spans))
    return Example(
        article,
        text,
        words,
        labels_of(len(words), found),
        labels_of(len(words), [s for s in gold if s[0] < s[1]]),
        spans,
    )


def newswire(corpora: Path) -> list[Example]:
    """Return the training lines of ieer."""
    even = (row for at, row in enumerate(rows(corpora / "ieer.jsonl.gz")) if at % 2 == 0)
    return [
        example(f"ieer {row['id']}", row["text"], frozenset(gold_spans(Row("ieer", row)))) for row in even
    ]


def wikigold(corpora: Path) -> list[Example]:
    """Return the sentences of wikigold, their tokens put together as text is written."""
    found = []
    for at, row in enumerate(
        one for one in rows(corpora / "ner_open.jsonl.gz") if one["source"] == "wikigold"
    ):
        text, spans = "", []
        for token, label in zip(row["tokens"], row["person"], strict=True):
            glued = token in UNSPACED or token.startswith("'") or text.endswith(("(", "``", "$"))
            text += token if glued or not text else f" {token}"
            if label[0] == "I" and spans and spans[-1][2]:
                spans[-1] = (spans[-1][0], len(text), True)
            elif label[0] != "O":
                spans.append((len(text) - len(token), len(text), True))
            elif spans:
                spans[-1] = (*spans[-1][:2], False)
        found.append(example(f"wikigold {at // SENTENCES}", text, frozenset(span[:2] for span in spans)))
    return found


def shared_words(examples: Sequence[Example]) -> frozenset[str]:
    """Return the keys of words that stand in enough articles."""
    articles: dict[str, set[str]] = defaultdict(set)
    for one in examples:
        for word in one.words:
            articles[word.key].add(one.article)
    return frozenset(key for key, held in articles.items() if len(held) >= ARTICLES)


def sequences(
    one: Example, shared: frozenset[str], without: Sequence[str]
) -> Iterator[tuple[list[list[str]], list[str]]]:
    """Yield the pieces of a text as the model reads them: features that may ship, and gold labels."""
    reader = Reader(one.words, one.rules, one.text)
    for first, last in model.pieces(one.words):
        kept = [[name for name in made if _ships(name, shared, without)] for made in reader.read(first, last)]
        yield kept, one.gold[first:last]


def _ships(name: str, shared: frozenset[str], without: Sequence[str]) -> bool:
    if without and name.startswith(tuple(without)):
        return False
    return not name.startswith(WORDS) or name.partition("=")[2] in shared


def trained(
    news: Sequence[Example], others: Sequence[Example], path: Path, without: Sequence[str] = ()
) -> None:
    """Write the model of some texts, features that begin with any of `without` left out."""
    shared = shared_words([*news, *others])
    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.set_params(PARAMETERS)
    for some, times in ((others, 1), (news, TIMES)):
        for one in some:
            for features, gold in sequences(one, shared, without):
                for _ in range(times):
                    trainer.append(features, gold)
    trainer.train(str(path))


def crossed(
    news: Sequence[Example], others: Sequence[Example], without: Sequence[str] = (), *, carry: bool = True
) -> Scores:
    """Return the scores over the news by cross-validation."""
    order = list(news)
    random.Random(SEED).shuffle(order)
    scores = Scores()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "fold.crfsuite"
        for fold in range(FOLDS):
            trained([one for at, one in enumerate(order) if at % FOLDS != fold], others, path, without)
            read = model.Model(path.read_bytes())
            for one in order[fold::FOLDS]:
                labels = read.names(one.words, one.rules, one.text, carry=carry)
                ruled = spans_of(one.rules)
                every = labels_of(len(one.words), ruled + added_spans(one.words, ruled, labels))
                scores = scores.plus(one.spans, spans_in_text(one.words, every, one.text))
    return scores


def spans_in_text(words: Sequence[Word], labels: Sequence[str], text: str) -> set[tuple[int, int]]:
    """Return the spans of labels as offsets; the stop of a final Jr. belongs to it."""
    found = set()
    for first, last in spans_of(labels):
        end = words[last - 1].end
        stop = words[last - 1].key in ("jr", "sr") and text[end : end + 1] == "."
        found.add((words[first].start, end + stop))
    return found


CARD = """\
# The people model

`people.crfsuite` is a linear-chain conditional random field (Lafferty, McCallum, Pereira 2001), made
with python-crfsuite by `bench/train_people.py`. `indexer/features.py` has its features, and
`indexer/model.py` reads it. It is given the words of an article and the names that the rules found, and
says which words name a person.

- Size: {size:,} bytes; sha256 `{digest}`.
- Data: wikigold (CC BY 4.0), 1,696 sentences of Wikipedia; the even lines of the IEER newswire of 1998
  (research terms; no text is kept). Of both, weights alone ship; a word has one only if it stands in
  {articles} articles or more.
- Seed {seed}, {folds} folds, newswire taken {times} times, parameters `{parameters}`.
- Meant for news in English. Of a text set in capitals throughout it knows nothing: there the rules stand
  alone.

Exact spans of persons over the even lines of IEER by cross-validation:

| tagger | precision | recall | F1 |
|---|---:|---:|---:|
{table}
"""


def card(lines: Sequence[str], packed: bytes) -> str:
    """Return the model's card."""
    return CARD.format(
        size=len(packed),
        digest=hashlib.sha256(packed).hexdigest(),
        articles=ARTICLES,
        seed=SEED,
        folds=FOLDS,
        times=TIMES,
        parameters=PARAMETERS,
        table="\n".join(lines),
    )


def main() -> None:
    """Train, measure and write."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--corpora", type=Path, default=ROOT.parent / "shared" / "corpora")
    arguments.add_argument("--ablate", action="store_true", help="measure without each group of features too")
    arguments.add_argument("--dry-run", action="store_true", help="measure only")
    asked = arguments.parse_args()
    news, others = newswire(asked.corpora), wikigold(asked.corpora)
    by_rules = Scores()
    for one in news:
        by_rules = by_rules.plus(one.spans, spans_in_text(one.words, one.rules, one.text))
    lines = [f"| the rules alone | {by_rules} |", f"| rules and model | {crossed(news, others)} |"]
    lines.append(f"| without the second reading | {crossed(news, others, carry=False)} |")
    lines.append(f"| without wikigold | {crossed(news, [])} |")
    for group, prefixes in GROUPS.items() if asked.ablate else ():
        lines.append(f"| without {group} | {crossed(news, others, prefixes)} |")
    print("\n".join(lines))
    if not asked.dry_run:
        path = DATA / model.MODEL
        trained(news, others, path)
        packed = path.read_bytes()
        path.with_suffix(".md").write_text(card(lines, packed), encoding="utf-8")
        print(f"{path}: {len(packed):,} bytes")


if __name__ == "__main__":
    main()
