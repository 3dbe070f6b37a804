"""What only the services show: how fast they are, what they count, and that of two at once one wins."""

import threading
import uuid
from collections.abc import Callable, Iterator
from datetime import date, datetime
from time import perf_counter

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import Engine, event, make_url
from sqlmodel import Session, col, func, select

from taizhang.access.actor import Actor
from taizhang.core.cluster import Cluster
from taizhang.core.database import create_pool, open_session
from taizhang.core.problems import Problem
from taizhang.core.versions import etag
from taizhang.plans.models import Assignment, AssignmentState
from taizhang.progress import service
from taizhang.progress.models import Submission, SubmissionRevision
from taizhang.progress.rules import ClaimOutcome
from taizhang.progress.schemas import ClaimInput, SubmissionCreate, SubmissionPatch
from taizhang.workflow.models import ReviewStep
from taizhang.workflow.rules import Action, State
from taizhang.workflow.schemas import PointInput
from tests.district import District
from tests.progress.ledger import Ledger, at, issue

STEPS = [(Action.SUBMIT, "dashanping"), (Action.SIGN, "dashanping-signer"), (Action.ACCEPT, "office")]


def report(
    session: Session, district: District, ledger: Ledger, month: int, moment: datetime, claims: list[ClaimInput]
) -> Submission:
    """大山坪街道 reports one month, its leader signs, the office accepts."""
    data = SubmissionCreate(
        assignment_id=ledger.mine.id, period_id=ledger.periods[month].id, progress="按月推进", claims=claims
    )
    submission = service.create(session, district.actor("dashanping"), data, now=moment)
    for action, who in STEPS:
        service.act(session, district.actor(who), submission.id, action, now=moment)
    return submission


def test_the_assignment_follows_what_is_accepted_month_by_month(
    session: Session, district: District, ledger: Ledger
) -> None:
    dated, ratio, ongoing = (ledger.duties[name].id for name in ("8月", "解读", "持续"))
    mine = ledger.mine

    report(session, district, ledger, 7, at(8, 5), [ClaimInput(duty_id=dated, outcome=ClaimOutcome.PARTLY)])
    assert (mine.state, mine.due_on) == (AssignmentState.IN_PROGRESS, date(2023, 8, 31))
    assert mine.report_period_id == ledger.periods[8].id

    late = [ClaimInput(duty_id=dated, outcome=ClaimOutcome.MET, done_on=date(2023, 9, 2))]
    report(session, district, ledger, 8, at(9, 5), late)
    assert (mine.state, mine.due_on, mine.was_late) == (AssignmentState.IN_PROGRESS, None, True)

    share = [
        ClaimInput(duty_id=ratio, outcome=ClaimOutcome.MET, value=61),
        ClaimInput(duty_id=ongoing, outcome=ClaimOutcome.ONGOING),
    ]
    report(session, district, ledger, 9, at(10, 5), share)
    assert (mine.state, mine.completed_on) == (AssignmentState.CONTINUING, None)

    done = [ClaimInput(duty_id=ongoing, outcome=ClaimOutcome.MET)]
    report(session, district, ledger, 10, at(11, 5), done)
    assert (mine.state, mine.completed_on, mine.was_late) == (AssignmentState.COMPLETED, date(2023, 10, 31), True)
    assert mine.report_due_on is None


def test_a_unit_that_supports_has_its_own_state(session: Session, district: District, ledger: Ledger) -> None:
    dated = [ClaimInput(duty_id=ledger.duties["8月"].id, outcome=ClaimOutcome.MET, done_on=date(2023, 8, 20))]
    report(session, district, ledger, 8, at(8, 25), dated)
    assert ledger.mine.due_on is None
    assert ledger.assignments["minzheng"].state is AssignmentState.NOT_STARTED
    assert ledger.assignments["minzheng"].due_on == date(2023, 8, 31)


def test_a_return_does_not_undo_that_it_was_reported(session: Session, district: District, ledger: Ledger) -> None:
    data = SubmissionCreate(assignment_id=ledger.mine.id, progress="推进中")
    submission = service.create(session, district.actor("dashanping"), data, now=at(7, 20))
    for action, who in STEPS[:2]:
        service.act(session, district.actor(who), submission.id, action, now=at(7, 20))
    point = PointInput.model_validate({"reason": "not_specific", "text": "请具体"})
    service.act(session, district.actor("office"), submission.id, Action.RETURN, now=at(7, 21), points=[point])
    assert submission.state is State.RETURNED
    assert ledger.mine.report_period_id == ledger.periods[8].id
    assert ledger.mine.state is AssignmentState.IN_PROGRESS


def test_taken_back_unread_the_month_is_owed_again(session: Session, district: District, ledger: Ledger) -> None:
    reporter = district.actor("dashanping")
    data = SubmissionCreate(assignment_id=ledger.mine.id, progress="推进中")
    submission = service.create(session, reporter, data, now=at(7, 20))
    service.act(session, reporter, submission.id, Action.SUBMIT, now=at(7, 20))
    assert ledger.mine.report_period_id == ledger.periods[8].id
    service.act(session, reporter, submission.id, Action.WITHDRAW, now=at(7, 20))
    assert ledger.mine.report_period_id == ledger.periods[7].id
    assert ledger.mine.state is AssignmentState.NOT_STARTED


def test_what_was_handed_in_stays_word_for_word(session: Session, district: District, ledger: Ledger) -> None:
    reporter = district.actor("dashanping")
    data = SubmissionCreate(assignment_id=ledger.mine.id, progress="第一稿")
    submission = service.create(session, reporter, data, now=at(7, 20))
    for words in ("第一稿", "第二稿"):
        patch = SubmissionPatch(progress=words)
        service.edit(session, reporter, submission.id, patch, etag(submission.version), now=at(7, 20))
        service.act(session, reporter, submission.id, Action.SUBMIT, now=at(7, 20))
        service.act(session, reporter, submission.id, Action.WITHDRAW, now=at(7, 20))
    kept = session.exec(select(SubmissionRevision).order_by(col(SubmissionRevision.number))).all()
    assert [revision.content["progress"] for revision in kept] == ["第一稿", "第二稿"]


def test_a_months_work_takes_few_statements_and_little_time(
    session: Session, district: District, ledger: Ledger
) -> None:
    """A year of a district, some 1,500 reports, is made through these services."""
    counted: list[str] = []
    bind = session.get_bind()
    event.listen(bind, "before_cursor_execute", lambda *args: counted.append(args[2]))
    started = perf_counter()
    for month in (7, 8, 9):
        claims = [ClaimInput(duty_id=ledger.duties["持续"].id, outcome=ClaimOutcome.ONGOING)]
        report(session, district, ledger, month, at(month, 20), claims)
    calls = 3 * (1 + len(STEPS))
    assert len(counted) / calls < 20
    assert (perf_counter() - started) / calls < 0.15


# -- two at once, over real connections


@pytest.fixture
def races(cluster: Cluster, seeded: District) -> Iterator[Engine]:
    """A database of its own, copied from the tests', where commits are commits."""
    name = f"races_{uuid.uuid4().hex[:8]}"
    superuser = make_url(cluster.superuser_url)
    copy = "CREATE DATABASE {} TEMPLATE {} OWNER taizhang_owner"
    dsn = superuser.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(dsn.replace("/taizhang?", "/postgres?"), autocommit=True) as connection:
        connection.execute(sql.SQL(copy).format(sql.Identifier(name), sql.Identifier("taizhang")))
        address = make_url(cluster.url).set(database=name).render_as_string(hide_password=False)
        engine = create_pool(address, size=8)
        yield engine
        engine.dispose()
        connection.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(name)))


@pytest.fixture
def together(races: Engine) -> Callable[[list[Callable[[Session], object]]], list[object]]:
    """Run several transactions at once; what each returned, or the problem it was refused with."""

    def run(jobs: list[Callable[[Session], object]]) -> list[object]:
        outcomes: list[object] = []
        barrier = threading.Barrier(len(jobs))

        def work(job: Callable[[Session], object]) -> None:
            try:
                with open_session(races) as session, session.begin():
                    session.connection()
                    barrier.wait()
                    outcome = job(session)
            except Problem as problem:
                outcome = problem.code
            outcomes.append(outcome)

        threads = [threading.Thread(target=work, args=(job,)) for job in jobs]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return outcomes

    return run


Together = Callable[[list[Callable[[Session], object]]], list[object]]


def begin(session: Session, actor: Actor, assignment_id: uuid.UUID) -> uuid.UUID:
    """Begin July's report."""
    data = SubmissionCreate(assignment_id=assignment_id, progress="推进中")
    return service.create(session, actor, data, now=at(7, 20)).id


def test_of_two_hand_ins_at_once_exactly_one_wins(races: Engine, together: Together, district: District) -> None:
    reporter = district.actor("dashanping")
    with open_session(races) as session, session.begin():
        submission_id = begin(session, reporter, issue(session, district).mine.id)

    def submit(session: Session) -> str:
        service.act(session, reporter, submission_id, Action.SUBMIT, now=at(7, 20))
        return "submitted"

    assert sorted(map(str, together([submit] * 4))) == ["step-not-allowed"] * 3 + ["submitted"]
    with open_session(races) as session:
        assert session.exec(select(func.count()).select_from(SubmissionRevision)).one() == 1
        assert session.exec(select(func.count()).select_from(ReviewStep)).one() == 1


def test_of_ten_edits_from_one_version_exactly_one_wins(races: Engine, together: Together, district: District) -> None:
    reporter = district.actor("dashanping")
    with open_session(races) as session, session.begin():
        submission_id = begin(session, reporter, issue(session, district).mine.id)

    def edit(words: str) -> Callable[[Session], object]:
        patch = SubmissionPatch(progress=words)
        return lambda session: service.edit(session, reporter, submission_id, patch, '"1"', now=at(7, 20)).version

    outcomes = together([edit(f"第{number}稿") for number in range(8)])
    assert sorted(map(str, outcomes)) == ["2"] + ["version-conflict"] * 7


def test_of_two_reports_begun_at_once_one_is_shown_the_other(
    races: Engine, together: Together, district: District
) -> None:
    reporter = district.actor("dashanping")
    with open_session(races) as session, session.begin():
        assignment_id = issue(session, district).mine.id
    outcomes = together([lambda session: begin(session, reporter, assignment_id) and "begun"] * 2)
    assert sorted(map(str, outcomes)) == ["begun", "submission-exists"]


def test_two_months_accepted_at_once_are_both_counted(races: Engine, together: Together, district: District) -> None:
    office = district.actor("office")
    with open_session(races) as session, session.begin():
        ledger = issue(session, district)
        made = []
        for month, name in ((7, "8月"), (8, "持续")):
            claims = [ClaimInput(duty_id=ledger.duties[name].id, outcome=ClaimOutcome.MET, done_on=date(2023, 8, 1))]
            data = SubmissionCreate(
                assignment_id=ledger.mine.id, period_id=ledger.periods[month].id, progress="已完成", claims=claims
            )
            submission = service.create(session, district.actor("dashanping"), data, now=at(8, 10))
            for action, who in STEPS[:2]:
                service.act(session, district.actor(who), submission.id, action, now=at(8, 10))
            made.append(submission.id)
        share = [ClaimInput(duty_id=ledger.duties["解读"].id, outcome=ClaimOutcome.MET, value=80)]
        report(session, district, ledger, 9, at(9, 10), share)

    def accept(submission_id: uuid.UUID) -> Callable[[Session], object]:
        return lambda session: service.act(session, office, submission_id, Action.ACCEPT, now=at(9, 12)).state

    assert together([accept(each) for each in made]) == [State.ACCEPTED, State.ACCEPTED]
    with open_session(races) as session:
        assert session.get_one(Assignment, ledger.mine.id).state is AssignmentState.COMPLETED
