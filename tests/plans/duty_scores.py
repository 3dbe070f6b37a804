"""How well duties are found in the labelled sentences (要求识别的准确率与召回率).

The held-out half was labelled before the patterns were written. The first 106 sentences for tuning were too; those
after them were read first and their readings corrected, so that they keep what works from breaking and prove little.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from taizhang.plans.importing.duties import DutyDraft, find_duties

HERE = Path(__file__).parent
SETS = {"tuning": HERE / "duties_tuning.jsonl", "held-out": HERE / "duties_held_out.jsonl"}


@dataclass(frozen=True, slots=True)
class Score:
    """Right, superfluous and missed duties; a duty is right if kind, words, day, term, threshold and period are."""

    right: int
    superfluous: tuple[tuple[str, Any], ...]
    missed: tuple[tuple[str, Any], ...]

    @property
    def precision(self) -> float:
        return self.right / (self.right + len(self.superfluous))

    @property
    def recall(self) -> float:
        return self.right / (self.right + len(self.missed))


def labelled(path: Path) -> list[dict[str, Any]]:
    """The sentences of a set: year, sentence, duties with kind, text, start and due_on, within, threshold, per."""
    return [json.loads(line) for line in path.read_text().splitlines()]


def score(sentences: Iterable[dict[str, Any]]) -> Score:
    """Compare what is found with what is labelled, sentence by sentence."""
    right, superfluous, missed = 0, [], []
    for each in sentences:
        wanted = [_key(duty) for duty in each["duties"]]
        found = [_key(_as_label(duty)) for duty in find_duties(each["sentence"], each["year"])]
        right += len(set(wanted) & set(found))
        superfluous += [(each["sentence"], key) for key in found if key not in wanted]
        missed += [(each["sentence"], key) for key in wanted if key not in found]
    return Score(right, tuple(superfluous), tuple(missed))


def _as_label(duty: DutyDraft) -> dict[str, Any]:
    return {
        "kind": duty.kind,
        "text": duty.text,
        "start": duty.start,
        "due_on": str(duty.due_on) if duty.due_on else None,
        "within": duty.within,
        "threshold": duty.threshold,
        "per": duty.per,
    }


def _key(label: dict[str, Any]) -> tuple[Any, ...]:
    within, threshold = label.get("within") or {}, label.get("threshold") or {}
    return (
        label["kind"],
        label["start"],
        label["text"],
        label.get("due_on"),
        tuple(sorted(within.items())),
        tuple(sorted(threshold.items())),
        label.get("per"),
    )
