"""What the security document says is there."""

import csv
from collections import Counter
from pathlib import Path

ROWS = list(csv.DictReader(Path("docs/asvs.csv").read_text(encoding="utf-8").splitlines()))
ANSWERS = {"test", "setting", "decision", "gap"}


def test_every_item_in_scope_is_answered_once() -> None:
    """ASVS 5.0 less OAuth, WebRTC and what we do not have: 64 items of level 1 and 132 of level 2."""
    assert Counter(row["level"] for row in ROWS) == {"L1": 64, "L2": 132}
    assert len({row["id"] for row in ROWS}) == len(ROWS)
    assert {row["answer"] for row in ROWS} <= ANSWERS


def test_every_answer_points_to_something_that_exists() -> None:
    missing = []
    for row in ROWS:
        path, _, name = row["where"].partition("::")
        there = Path(path).is_file() and (not name or f"def {name}(" in Path(path).read_text(encoding="utf-8"))
        if not there or (row["answer"] == "test" and not path.startswith("tests/")):
            missing.append(f"{row['id']} → {row['where']}")
    assert missing == []


def test_the_document_counts_the_table_as_it_is() -> None:
    counts = Counter(row["answer"] for row in ROWS)
    text = Path("docs/security.md").read_text(encoding="utf-8")
    assert (
        f"测试 {counts['test']} · 配置 {counts['setting']} · 决定 {counts['decision']} · 缺口 {counts['gap']}" in text
    )


def test_every_gap_is_told_in_words() -> None:
    text = Path("docs/security.md").read_text(encoding="utf-8")
    assert [row["id"] for row in ROWS if row["answer"] == "gap" and row["id"] not in text] == []
