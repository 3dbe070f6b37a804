"""States and actions (状态与动作): which step may follow which. Data; no database, no HTTP."""

from enum import StrEnum

from taizhang.access.permissions import Role


class State(StrEnum):
    """Where a reviewed record stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    SIGNED = "signed"
    ACCEPTED = "accepted"
    RETURNED = "returned"


class Action(StrEnum):
    """What someone may do to it."""

    EDIT = "edit"
    SUBMIT = "submit"
    SIGN = "sign"
    ACCEPT = "accept"
    RETURN = "return"
    WITHDRAW = "withdraw"
    REOPEN = "reopen"


class Part(StrEnum):
    """The part a caller plays towards a record, whatever the role is called."""

    WRITER = "writer"
    SIGNER = "signer"
    REVIEWER = "reviewer"


class PointTarget(StrEnum):
    """What a returned point is about."""

    WHOLE = "whole"
    PROGRESS = "progress"
    MEASURES = "measures"
    PROBLEMS = "problems"
    NEXT_STEPS = "next_steps"
    DUTY = "duty"
    EVIDENCE = "evidence"
    FIGURES = "figures"
    OVERVIEW = "overview"
    OTHER = "other"


class PointReason(StrEnum):
    """Why it was returned."""

    NO_EVIDENCE = "no_evidence"
    OFF_TOPIC = "off_topic"
    NOT_SPECIFIC = "not_specific"
    FIGURES = "figures"
    LATE_DATE = "late_date"
    OTHER = "other"


STATE_WORDS = {
    State.DRAFT: "草稿",
    State.SUBMITTED: "待签发",
    State.SIGNED: "待审核",
    State.ACCEPTED: "已通过",
    State.RETURNED: "已退回",
}

ACTION_WORDS = {
    Action.EDIT: "编辑",
    Action.SUBMIT: "提交",
    Action.SIGN: "签发",
    Action.ACCEPT: "审核通过",
    Action.RETURN: "退回",
    Action.WITHDRAW: "撤回",
    Action.REOPEN: "重新打开",
}

TARGET_WORDS = {
    PointTarget.WHOLE: "整体",
    PointTarget.PROGRESS: "进展情况",
    PointTarget.MEASURES: "工作措施",
    PointTarget.PROBLEMS: "存在问题",
    PointTarget.NEXT_STEPS: "下步打算",
    PointTarget.DUTY: "逐条要求",
    PointTarget.EVIDENCE: "佐证材料",
    PointTarget.FIGURES: "表中的数字",
    PointTarget.OVERVIEW: "总体情况",
    PointTarget.OTHER: "其他事项",
}

REASON_WORDS = {
    PointReason.NO_EVIDENCE: "佐证不足",
    PointReason.OFF_TOPIC: "内容不符",
    PointReason.NOT_SPECIFIC: "表述笼统",
    PointReason.FIGURES: "数据有误",
    PointReason.LATE_DATE: "日期不符",
    PointReason.OTHER: "其他",
}

# (state, action, part) → next state. A step that is not here does not exist.
# Withdraw is the unit's, until the next one has acted: before signing the writer takes it back, after it the signer.
TRANSITIONS: dict[tuple[State, Action, Part], State] = {
    (State.DRAFT, Action.EDIT, Part.WRITER): State.DRAFT,
    (State.RETURNED, Action.EDIT, Part.WRITER): State.RETURNED,
    (State.DRAFT, Action.SUBMIT, Part.WRITER): State.SUBMITTED,
    (State.RETURNED, Action.SUBMIT, Part.WRITER): State.SUBMITTED,
    (State.SUBMITTED, Action.WITHDRAW, Part.WRITER): State.DRAFT,
    (State.SUBMITTED, Action.SIGN, Part.SIGNER): State.SIGNED,
    (State.SUBMITTED, Action.RETURN, Part.SIGNER): State.RETURNED,
    (State.SIGNED, Action.WITHDRAW, Part.SIGNER): State.SUBMITTED,
    (State.SIGNED, Action.ACCEPT, Part.REVIEWER): State.ACCEPTED,
    (State.SIGNED, Action.RETURN, Part.REVIEWER): State.RETURNED,
    (State.ACCEPTED, Action.REOPEN, Part.REVIEWER): State.RETURNED,
}


def parts_of(role: Role, *, own_unit: bool, in_scope: bool) -> frozenset[Part]:
    """The parts a role plays towards a record of its own unit, or of one within its scope.

    A leader may write as well, and sign what he wrote: small units have nobody else.
    """
    if role is Role.REPORTER and own_unit:
        return frozenset({Part.WRITER})
    if role is Role.SIGNER and own_unit:
        return frozenset({Part.WRITER, Part.SIGNER})
    if role is Role.OFFICE and in_scope:
        return frozenset({Part.REVIEWER})
    return frozenset()


def next_state(state: State, action: Action, parts: frozenset[Part], *, returned_before: bool = False) -> State | None:
    """The state an action leads to for a caller playing these parts, or None if it may not happen now.

    What was once returned never becomes a mere draft again: taken back, it is as returned as before.
    """
    for part in Part:
        if part in parts and (after := TRANSITIONS.get((state, action, part))) is not None:
            return State.RETURNED if after is State.DRAFT and returned_before else after
    return None


def allowed_actions(state: State, parts: frozenset[Part]) -> list[Action]:
    """What this caller may do next; the page shows these buttons and no others."""
    return [action for action in Action if next_state(state, action, parts) is not None]


def ever_may(action: Action, parts: frozenset[Part]) -> bool:
    """Whether the action belongs to one of these parts in any state; if not, the refusal is 403 and not 409."""
    return any(done is action and part in parts for _, done, part in TRANSITIONS)
