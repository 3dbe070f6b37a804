"""States and actions (状态与动作): which step may follow which. Data; no database, no HTTP."""

from enum import StrEnum


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


def next_state(state: State, action: Action, parts: frozenset[Part]) -> State | None:
    """The state an action leads to for a caller playing these parts, or None if it may not happen now."""
    return next((TRANSITIONS[key] for part in Part if part in parts and (key := (state, action, part)) in TRANSITIONS), None)


def allowed_actions(state: State, parts: frozenset[Part]) -> list[Action]:
    """What this caller may do next; the page shows these buttons and no others."""
    return [action for action in Action if next_state(state, action, parts) is not None]
