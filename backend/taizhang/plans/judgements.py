"""Verdicts on duties (对要求的判定): what a register says of a duty, and what a person decided instead. Pure.

The words live here, below both progress (which shows and settles by them) and indicators (which compute them).
"""

from enum import StrEnum


class Verdict(StrEnum):
    """What the register says: reached, not reached, time still left, nothing to measure, or nothing recorded."""

    MET = "met"
    NOT_MET = "not_met"
    PENDING = "pending"
    NOT_APPLICABLE = "not_applicable"
    NOT_KEPT = "not_kept"


VERDICT_WORDS = {
    Verdict.MET: "达到",
    Verdict.NOT_MET: "未达到",
    Verdict.PENDING: "未到时限",
    Verdict.NOT_APPLICABLE: "不适用",
    Verdict.NOT_KEPT: "没有登记",
}


class Ruling(StrEnum):
    """What a person may decide instead of what was computed (改判)."""

    MET = "met"
    NOT_MET = "not_met"
    NOT_APPLICABLE = "not_applicable"
