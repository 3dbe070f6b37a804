"""A report in the hands of people who press every button in any order: whatever they do, the record stays sound."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import Connection, Engine
from sqlmodel import Session, col, select

from taizhang.access.actor import Actor
from taizhang.core.clock import local_day
from taizhang.core.database import SYSTEM
from taizhang.core.problems import Conflict, Forbidden, Invalid, NotFound, Problem, Stale
from taizhang.core.versions import etag
from taizhang.progress import presenting, queries, service
from taizhang.progress.models import SubmissionRevision
from taizhang.progress.rules import ClaimOutcome
from taizhang.progress.schemas import ClaimInput, SubmissionCreate, SubmissionPatch, SubmissionPublic
from taizhang.progress.settling import gather
from taizhang.workflow.rules import Action, State
from taizhang.workflow.schemas import AnswerInput, PointInput
from tests.district import District
from tests.progress.ledger import Ledger, at, issue

STRANGERS = ("caizheng", "naxi")
LOOKERS_ON = ("office", "auditor")
OWN = ("dashanping", "dashanping-signer")
PEOPLE = st.sampled_from([*OWN, *OWN, "office", *LOOKERS_ON, *STRANGERS])
STEPS = st.sampled_from([action for action in Action if action is not Action.EDIT])
POINT = PointInput.model_validate({"reason": "not_specific", "text": "请具体说明"})


class Review(RuleBasedStateMachine):
    """One assignment's July, on the real services and the real database."""

    connection: ClassVar[Connection]
    district: ClassVar[District]

    @initialize()
    def begin(self) -> None:
        self.transaction = self.connection.begin()
        self.connection.exec_driver_sql(SYSTEM.call)
        self.session = Session(self.connection, join_transaction_mode="create_savepoint", expire_on_commit=False)
        self.ledger: Ledger = issue(self.session, self.district)
        self.now: datetime = at(7, 3)
        data = SubmissionCreate(assignment_id=self.ledger.mine.id, progress="推进中")
        self.id = service.create(self.session, self.actor("dashanping"), data, now=self.now).id
        self.session.commit()
        self.last = self.seen()

    def actor(self, username: str) -> Actor:
        return self.district.actor(username)

    def seen(self, username: str = "dashanping") -> SubmissionPublic:
        actor = self.actor(username)
        dossier = queries.dossier(self.session, actor, self.id)
        return presenting.submission(self.session, actor, dossier, local_day(self.now))

    @rule(far=st.integers(1, 3))
    def everybody_does_their_part(self, far: int) -> None:
        """The way most reports go, so that the far states are visited often."""
        latest = max((point.revision for point in self.last.points), default=0)
        given = [point for point in self.last.points if point.revision == latest]
        answers = [AnswerInput(point_id=point.id, answer="已补充") for point in given]
        self.edit_if_allowed(SubmissionPatch(progress="已完成", answers=answers))
        usual = list(zip((*OWN, "office"), (Action.SUBMIT, Action.SIGN, Action.ACCEPT), strict=True))
        for who, action in usual[:far]:
            if action in self.seen(who).actions:
                self.refusal_of(action, who)

    @precondition(lambda self: self.last.state is State.ACCEPTED)
    @rule()
    def the_office_looks_again(self) -> None:
        assert self.refusal_of(Action.REOPEN, "office") is None

    @rule(days=st.integers(0, 20))
    def time_passes(self, days: int) -> None:
        self.now += timedelta(days=days, minutes=1)

    @rule(who=PEOPLE, action=STEPS)
    def somebody_takes_a_step(self, who: str, action: Action) -> None:
        before = self.seen()
        offered = self.seen(who).actions if who not in STRANGERS else []
        refusal = self.refusal_of(action, who)
        if refusal is None:
            assert action in offered
            assert self.seen().version == before.version + 1
            return
        assert self.seen() == before
        if who in STRANGERS:
            assert isinstance(refusal, NotFound)
        elif isinstance(refusal, Invalid):
            assert action is Action.SUBMIT
            assert action in offered
        else:
            assert isinstance(refusal, Conflict | Forbidden)
            assert action not in offered

    def refusal_of(self, action: Action, who: str) -> Problem | None:
        points = [POINT] if action is Action.RETURN else []
        actor = self.actor(who)
        try:
            with self.session.begin_nested():
                service.act(self.session, actor, self.id, action, now=self.now, points=points, reason="理由")
        except Problem as problem:
            return problem
        return None

    @rule(who=PEOPLE, words=st.sampled_from(["", "推进中", "已完成"]), stale=st.booleans())
    def somebody_edits(self, who: str, words: str, *, stale: bool) -> None:
        before = self.seen()
        version = before.version - 1 if stale else before.version
        refusal = self.refusal_to_edit(SubmissionPatch(progress=words), who, version)
        if refusal is None:
            assert Action.EDIT in before.actions
            assert (self.seen().progress, self.seen().version) == (words, before.version + (before.progress != words))
            return
        assert self.seen() == before
        if who in STRANGERS:
            assert isinstance(refusal, NotFound)
        elif stale:
            assert isinstance(refusal, Stale)
        else:
            assert isinstance(refusal, Forbidden if who in LOOKERS_ON else Conflict)

    def refusal_to_edit(self, patch: SubmissionPatch, who: str, version: int) -> Problem | None:
        try:
            with self.session.begin_nested():
                service.edit(self.session, self.actor(who), self.id, patch, etag(version), now=self.now)
        except Problem as problem:
            return problem
        return None

    @rule(days_ago=st.integers(0, 20), outcome=st.sampled_from([ClaimOutcome.MET, *ClaimOutcome]))
    def the_reporter_claims_the_dated_duty(self, days_ago: int, outcome: ClaimOutcome) -> None:
        done_on = local_day(self.now) - timedelta(days=days_ago)
        self.edit_if_allowed(
            SubmissionPatch(claims=[ClaimInput(duty_id=self.ledger.duties["8月"].id, outcome=outcome, done_on=done_on)])
        )

    @precondition(lambda self: any(point.answer is None for point in self.last.points))
    @rule(every=st.booleans())
    def the_reporter_answers(self, *, every: bool) -> None:
        still_open = [point for point in self.last.points if point.answer is None]
        given = still_open if every else still_open[:1]
        self.edit_if_allowed(SubmissionPatch(answers=[AnswerInput(point_id=p.id, answer="已补充") for p in given]))

    def edit_if_allowed(self, patch: SubmissionPatch) -> None:
        shown = self.seen()
        if Action.EDIT in shown.actions:
            reporter = self.actor("dashanping")
            service.edit(self.session, reporter, self.id, patch, etag(shown.version), now=self.now)

    @invariant()
    def the_record_is_sound(self) -> None:
        record = self.seen()
        assert record.version >= self.last.version
        assert (record.state is State.DRAFT) == (record.first_submitted_at is None)
        assert not (record.points and record.state is State.DRAFT)
        assert (record.state is State.ACCEPTED) == (record.accepted_at is not None)
        assert [step.action for step in record.steps][: len(self.last.steps)] == [s.action for s in self.last.steps]
        assert record.revision == sum(step.action == "submit" for step in record.steps)
        if record.state in (State.SUBMITTED, State.SIGNED, State.ACCEPTED):
            assert record.progress.strip()
            assert all(point.answer is not None for point in record.points)
        self.last = record

    @invariant()
    def every_hand_in_is_kept(self) -> None:
        statement = (
            select(SubmissionRevision.number)
            .where(SubmissionRevision.submission_id == self.id)
            .order_by(col(SubmissionRevision.number))
        )
        assert list(self.session.exec(statement)) == list(range(1, self.seen().revision + 1))

    @invariant()
    def the_assignment_is_settled(self) -> None:
        facts = gather(self.session, self.ledger.mine)
        mine = self.ledger.mine
        assert (mine.state, mine.due_on, mine.was_late) == (facts.state, facts.due_on, facts.was_late)
        assert (mine.report_period_id, mine.completed_on) == (facts.report_period_id, facts.completed_on)
        owed = self.ledger.periods[7 if self.seen().first_submitted_at is None else 8]
        assert mine.report_period_id == owed.id

    def teardown(self) -> None:
        if hasattr(self, "session"):
            self.session.close()
            self.transaction.rollback()


@pytest.fixture
def bare(engine: Engine, seeded: District) -> Iterator[Connection]:
    """A connection whose transactions the machine opens and rolls back itself."""
    with engine.connect() as connection:
        yield connection


def test_whatever_the_people_do_the_record_stays_sound(bare: Connection, district: District) -> None:
    Review.connection, Review.district = bare, district
    run_state_machine_as_test(
        Review,
        settings=settings(
            max_examples=14,
            stateful_step_count=30,
            derandomize=True,
            phases=[Phase.generate],  # shrinking over a database takes minutes; thirty steps are read soon enough
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
