"""States and actions of a report (年度报告的流转): who may take which step. Data; no database, no HTTP.

Drafted, submitted, signed and accepted like a progress submission, then published; what is published can be taken
down again with a reason, and what was accepted reopened.
"""

from enum import StrEnum

from taizhang.access.permissions import Role
from taizhang.annual_reports.checks.findings import Scope
from taizhang.workflow.rules import Part
from taizhang.workflow.rules import parts_of as parts_in_unit


class ReportState(StrEnum):
    """Where a report stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    SIGNED = "signed"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    PUBLISHED = "published"


class ReportAction(StrEnum):
    """What someone may do to it."""

    EDIT = "edit"
    COMPILE = "compile"
    DECLARE_ZERO = "declare_zero"
    ADJUST = "adjust"
    WAIVE = "waive"
    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    SIGN = "sign"
    RETURN = "return"
    ACCEPT = "accept"
    REOPEN = "reopen"
    PUBLISH = "publish"
    UNPUBLISH = "unpublish"


STATE_WORDS = {
    ReportState.DRAFT: "草稿",
    ReportState.SUBMITTED: "待签发",
    ReportState.SIGNED: "待审核",
    ReportState.ACCEPTED: "已通过",
    ReportState.RETURNED: "已退回",
    ReportState.PUBLISHED: "已公布",
}

ACTION_WORDS = {
    ReportAction.EDIT: "编辑",
    ReportAction.COMPILE: "汇编",
    ReportAction.DECLARE_ZERO: "申报无此项业务",
    ReportAction.ADJUST: "加调整说明",
    ReportAction.WAIVE: "说明理由",
    ReportAction.SUBMIT: "提交",
    ReportAction.WITHDRAW: "撤回",
    ReportAction.SIGN: "签发",
    ReportAction.RETURN: "退回",
    ReportAction.ACCEPT: "审核通过",
    ReportAction.REOPEN: "重新打开",
    ReportAction.PUBLISH: "公布",
    ReportAction.UNPUBLISH: "撤下",
}

FINAL = frozenset({ReportState.ACCEPTED, ReportState.PUBLISHED})
"""States in which a report counts: in the sum of the government above, and as last year's."""
WRITABLE = frozenset({ReportState.DRAFT, ReportState.RETURNED})

_WRITING = (
    ReportAction.EDIT,
    ReportAction.COMPILE,
    ReportAction.DECLARE_ZERO,
    ReportAction.ADJUST,
    ReportAction.WAIVE,
)
_S, _A = ReportState, ReportAction
# (state, action, part) → next state. A step that is not here does not exist.
TRANSITIONS: dict[tuple[ReportState, ReportAction, Part], ReportState] = {
    **{(state, action, Part.WRITER): state for state in (_S.DRAFT, _S.RETURNED) for action in _WRITING},
    (_S.DRAFT, _A.SUBMIT, Part.WRITER): _S.SUBMITTED,
    (_S.RETURNED, _A.SUBMIT, Part.WRITER): _S.SUBMITTED,
    (_S.SUBMITTED, _A.WITHDRAW, Part.WRITER): _S.DRAFT,
    (_S.SUBMITTED, _A.SIGN, Part.SIGNER): _S.SIGNED,
    (_S.SUBMITTED, _A.RETURN, Part.SIGNER): _S.RETURNED,
    (_S.SIGNED, _A.WITHDRAW, Part.SIGNER): _S.SUBMITTED,
    (_S.SIGNED, _A.ACCEPT, Part.REVIEWER): _S.ACCEPTED,
    (_S.SIGNED, _A.RETURN, Part.REVIEWER): _S.RETURNED,
    (_S.SIGNED, _A.WAIVE, Part.REVIEWER): _S.SIGNED,
    (_S.ACCEPTED, _A.WAIVE, Part.REVIEWER): _S.ACCEPTED,
    (_S.ACCEPTED, _A.REOPEN, Part.REVIEWER): _S.RETURNED,
    (_S.ACCEPTED, _A.PUBLISH, Part.REVIEWER): _S.PUBLISHED,
    (_S.ACCEPTED, _A.PUBLISH, Part.SIGNER): _S.PUBLISHED,
    (_S.PUBLISHED, _A.UNPUBLISH, Part.REVIEWER): _S.ACCEPTED,
    (_S.PUBLISHED, _A.UNPUBLISH, Part.SIGNER): _S.ACCEPTED,
}


def parts_of(role: Role, scope: Scope, *, own_unit: bool, in_scope: bool, own_government: bool) -> frozenset[Part]:
    """The parts a role plays towards a report.

    An organ's report is its own people's and reviewed by the office above. A government's is written by its office
    (主管部门, 条例第四十九条), signed by the leader in that office's unit, and settled by the office, or by the one
    of the government above.
    """
    if scope is Scope.ORGAN:
        parts = parts_in_unit(role, own_unit=own_unit, in_scope=in_scope)
        # The office may put a unit's paper report, or one of years ago, into the ledger; the unit's leader still signs.
        return parts | {Part.WRITER} if Part.REVIEWER in parts else parts
    if role is Role.OFFICE and in_scope:
        return frozenset({Part.WRITER, Part.REVIEWER} if own_government else {Part.REVIEWER})
    if role is Role.SIGNER and own_government:
        return frozenset({Part.WRITER, Part.SIGNER})
    if role is Role.REPORTER and own_government:
        return frozenset({Part.WRITER})
    return frozenset()


def next_state(
    state: ReportState, action: ReportAction, parts: frozenset[Part], *, returned_before: bool = False
) -> ReportState | None:
    """The state an action leads to for a caller playing these parts, or None if it may not happen now.

    What was once returned never becomes a mere draft again.
    """
    for part in Part:
        if part in parts and (after := TRANSITIONS.get((state, action, part))) is not None:
            taken_back = action is ReportAction.WITHDRAW and after is ReportState.DRAFT
            return ReportState.RETURNED if taken_back and returned_before else after
    return None


def allowed_actions(state: ReportState, parts: frozenset[Part]) -> list[ReportAction]:
    """What this caller may do next; the page shows these buttons and no others."""
    return [action for action in ReportAction if next_state(state, action, parts) is not None]


def ever_may(action: ReportAction, parts: frozenset[Part]) -> bool:
    """Whether the action belongs to one of these parts in any state; if not, the refusal is 403 and not 409."""
    return any(done is action and part in parts for _, done, part in TRANSITIONS)
