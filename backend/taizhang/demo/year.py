"""A year of the demo (一年的工作): the notice is read, issued and worked on, every step through the public services.

Nothing is inserted behind the services' back: what the demo shows is what people could have done, refusals included.
"""

import random
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from importlib import resources

from sqlalchemy import Engine, text
from sqlmodel import Session, col, select

from taizhang.access.actor import Actor
from taizhang.accounts.queries import actor_of
from taizhang.attachments import service as evidence
from taizhang.attachments.schemas import EvidenceCreate
from taizhang.core.clock import SHANGHAI
from taizhang.core.database import open_session
from taizhang.demo import texts
from taizhang.demo.people import Person
from taizhang.documents.uploads import open_upload
from taizhang.plans import committing, drafts
from taizhang.plans import service as plans
from taizhang.plans.import_schemas import AssigneePatch, ImportCommit, PlanImportPatch, RowPatch
from taizhang.plans.importing.draft import DraftRow
from taizhang.plans.models import Assignment, Duty, DutyKind, Period, Plan, Task
from taizhang.plans.schemas import PlanIssue
from taizhang.progress import service as progress
from taizhang.progress.models import Submission
from taizhang.progress.rules import ClaimOutcome
from taizhang.progress.schemas import ClaimInput, EvidenceLink, SubmissionCreate, SubmissionPatch
from taizhang.units.models import Unit
from taizhang.workflow.models import ReviewPoint
from taizhang.workflow.rules import Action, PointReason
from taizhang.workflow.schemas import AnswerInput, PointInput

NOTICE = "jiangyang-2023.txt"
READ_ON = datetime(2023, 7, 10, 10, 20, tzinfo=SHANGHAI)
ISSUED_AT = datetime(2023, 7, 11, 9, 5, tzinfo=SHANGHAI)
FIRST_PERIOD = date(2023, 8, 1)

# The phrases only a person can settle, settled as an office might.
DECIDED = {
    "区政府有关部门": ["fagai", "jiaoti", "minzheng", "sifa", "caizheng", "renshe", "weijian", "shichang"],
    "有关街镇": ["dashanping", "nancheng", "lantian", "huangyi", "tongtan"],
    "有关建议和提案办理单位": ["jiaoti", "zhujian", "jiaotong", "weijian", "dashanping", "beicheng"],
    "有关被审计单位": ["nongye", "zhujian", "huangyi"],
}
# Units that let things slide, so that the board has something to chase.
SLACK = {"taian", "danlin", "shangwu", "jinghe"}
SILENT = {"fangshan"}


@dataclass
class Cast:
    """Who acts: actors by username, and the units they act for."""

    actors: dict[str, Actor]
    units: dict[uuid.UUID, str] = field(default_factory=dict)

    def reporter(self, unit_id: uuid.UUID) -> Actor:
        login = self.units[unit_id]
        return self.actors["zhengfuban" if login == "office" else login]

    def signer(self, unit_id: uuid.UUID) -> Actor:
        login = self.units[unit_id]
        return self.actors["zhengfuban-signer" if login == "office" else f"{login}-signer"]


def live(
    engine: Engine,
    planted: dict[str, Unit],
    people: dict[str, Person],
    chance: random.Random,
    today: date,
    *,
    say: Callable[[str], None],
) -> None:
    """Work from July to ``today``."""
    with open_session(engine) as session, session.begin():
        cast = _cast(session, planted, people)
        plan = _issue(session, cast.actors["office"], planted)
    say(f"分解表已印发：《{plan.title}》")
    with open_session(engine) as session:
        periods = session.exec(select(Period).where(Period.plan_id == plan.id).order_by(col(Period.position))).all()
        tasks = {task.id: task for task in session.exec(select(Task).where(Task.plan_id == plan.id))}
        duties = _duties(session, plan)
    count = 0
    for period in periods:
        if period.opens_on > today:
            break
        with open_session(engine) as session:
            assignments = session.exec(
                select(Assignment).where(Assignment.plan_id == plan.id).order_by(col(Assignment.id))
            ).all()
        for batch in _batches(list(assignments)):
            with open_session(engine) as session, session.begin():
                session.connection().execute(text("SET LOCAL synchronous_commit = off"))
                for assignment in batch:
                    reporter = _Reporter(session, cast, chance, today, tasks[assignment.task_id], duties, period)
                    count += reporter.report(assignment)
        say(f"{period.label}：累计填报 {count} 份")


def _batches(assignments: list[Assignment], size: int = 100) -> Iterator[list[Assignment]]:
    for start in range(0, len(assignments), size):
        yield assignments[start : start + size]


def _cast(session: Session, planted: dict[str, Unit], people: dict[str, Person]) -> Cast:
    actors = {username: actor_of(session, person.user) for username, person in people.items()}
    return Cast(actors, {unit.id: login for login, unit in planted.items()})


def _issue(session: Session, office: Actor, planted: dict[str, Unit]) -> Plan:
    data = resources.files("taizhang.demo").joinpath(NOTICE).read_bytes()
    upload = open_upload(data, "2023年江阳区政务公开重点任务分解表.txt")
    found = drafts.read(session, office, upload, year=None, unit_id=None, now=READ_ON)
    patches = [_settled(row, planted) for row in found.rows if any(assignee.is_open for assignee in row.assignees)]
    drafts.correct(session, office, found.id, PlanImportPatch(rows=patches), f'"{found.version}"')
    plan = committing.commit(session, office, found.id, ImportCommit(), now=READ_ON).plan
    return plans.issue(session, office, plan.id, PlanIssue(first_period=FIRST_PERIOD), now=ISSUED_AT)


def _settled(row: DraftRow, planted: dict[str, Unit]) -> RowPatch:
    def chosen(phrase: str, known: list[uuid.UUID]) -> list[uuid.UUID]:
        return known or [planted[login].id for login in DECIDED[phrase]]

    assignees = [
        AssigneePatch(text=item.text, role=item.role, unit_ids=chosen(item.text, item.unit_ids))
        for item in row.assignees
    ]
    return RowPatch(position=row.position, assignees=assignees)


def _duties(session: Session, plan: Plan) -> dict[uuid.UUID, list[Duty]]:
    found: dict[uuid.UUID, list[Duty]] = {}
    statement = select(Duty).join(Task, col(Task.id) == Duty.task_id).where(Task.plan_id == plan.id)
    for duty in session.exec(statement.order_by(col(Duty.position))):
        found.setdefault(duty.task_id, []).append(duty)
    return found


@dataclass
class _Reporter:
    """One unit reporting on one task for one period, with a habit drawn by chance."""

    session: Session
    cast: Cast
    chance: random.Random
    today: date
    task: Task
    duties: dict[uuid.UUID, list[Duty]]
    period: Period

    def report(self, assignment: Assignment) -> int:
        """Report as far as this unit would have come by today; whether anything was written."""
        login = self.cast.units[assignment.unit_id]
        written_on = self._day(login, chased=_overdue_before(self.period, assignment))
        if written_on is None or written_on > self.today:
            return 0
        reporter, signer, office = (
            self.cast.reporter(assignment.unit_id),
            self.cast.signer(assignment.unit_id),
            self.cast.actors["office"],
        )
        thin = login in SLACK and self.chance.random() < 0.5
        submission = self._write(reporter, assignment, written_on, thin=thin)
        if not self._step(reporter, submission, Action.SUBMIT, written_on, hour=16, stop=0.04):
            return 1
        if not self._step(signer, submission, Action.SIGN, written_on + timedelta(days=1), hour=9, stop=0.05):
            return 1
        reviewed_on = written_on + timedelta(days=self.chance.choice((2, 3, 3, 4)))
        if thin or self.chance.random() < 0.07:
            self._return(office, reporter, signer, submission, reviewed_on)
        else:
            self._step(office, submission, Action.ACCEPT, reviewed_on, hour=15, stop=0.02)
        return 1

    def _day(self, login: str, *, chased: bool) -> date | None:
        """The day the unit reports: early (the sooner when the office has chased it), at the end, late, or never."""
        draw = self.chance.random()
        if login in SILENT or draw < (0.35 if login in SLACK else 0.02):
            return None
        if draw > (0.6 if login in SLACK else 0.955):
            return self.period.due_on + timedelta(days=self.chance.randint(1, 8))
        if chased and draw < 0.8:
            return self.period.opens_on + timedelta(days=self.chance.randint(2, 12))
        span = (self.period.due_on - self.period.opens_on).days
        return self.period.opens_on + timedelta(days=min(span, int(self.chance.triangular(3, span, span * 0.8))))

    def _write(self, actor: Actor, assignment: Assignment, day: date, *, thin: bool) -> Submission:
        words = {
            "n": self.chance.randint(3, 28),
            "m": self.chance.randint(1, 6),
            "unit": actor.unit_name,
            "month": self.period.starts_on.month,
        }
        position = self.task.position
        data = SubmissionCreate(
            assignment_id=assignment.id,
            period_id=self.period.id,
            progress=texts.THIN if thin else self.chance.choice(texts.PROGRESS[position]).format(**words),
            measures="" if thin else self.chance.choice(texts.MEASURES).format(**words),
            problems=self.chance.choice(texts.PROBLEMS),
            next_steps=self.chance.choice(texts.NEXT_STEPS),
            claims=[] if thin else self._claims(assignment, day),
            evidence=[] if thin or self.chance.random() < 0.35 else [self._evidence(actor, words, day)],
        )
        return progress.create(self.session, actor, data, now=_at(day, 10, self.chance))

    def _claims(self, assignment: Assignment, day: date) -> list[ClaimInput]:
        claims = []
        for duty in self.duties.get(assignment.task_id, []):
            if duty.owner_unit_id in (None, assignment.unit_id):
                claims.append(self._claim(duty, day))
        return claims

    def _claim(self, duty: Duty, day: date) -> ClaimInput:
        draw = self.chance.random()
        if duty.kind is DutyKind.RATIO:
            value = self.chance.choice((40, 50, 60, 75, 100))
            needed = float((duty.threshold or {}).get("value", 0))
            met = value >= needed
            return ClaimInput(
                duty_id=duty.id,
                outcome=ClaimOutcome.MET if met else ClaimOutcome.PARTLY,
                value=value,
                done_on=day if met else None,
            )
        if duty.kind is DutyKind.DATE and duty.due_on is not None:
            return self._dated(duty, duty.due_on, day, draw)
        if duty.kind is DutyKind.COUNT:
            done = draw < 0.6
            outcome = ClaimOutcome.MET if done else ClaimOutcome.NOT_MET
            return ClaimInput(duty_id=duty.id, outcome=outcome, value=1 if done else 0, done_on=day if done else None)
        if duty.kind is DutyKind.SETUP:
            done = draw < 0.8
            outcome = ClaimOutcome.MET if done else ClaimOutcome.PARTLY
            return ClaimInput(duty_id=duty.id, outcome=outcome, done_on=day if done else None)
        return ClaimInput(duty_id=duty.id, outcome=ClaimOutcome.ONGOING)

    def _dated(self, duty: Duty, due_on: date, day: date, draw: float) -> ClaimInput:
        """Due duties are mostly done by their day, some a few days late; those due later are often still under way."""
        if draw < (0.85 if due_on < day else 0.4):
            late = due_on < day and (draw > 0.5 or due_on < self.period.opens_on)
            done_on = due_on + timedelta(days=4) if late else due_on - timedelta(days=int(draw * 12))
            done_on = min(day, done_on)
            return ClaimInput(duty_id=duty.id, outcome=ClaimOutcome.MET, done_on=done_on)
        return ClaimInput(duty_id=duty.id, outcome=ClaimOutcome.PARTLY, note="正在办理")

    def _evidence(self, actor: Actor, words: dict[str, object], day: date) -> EvidenceLink:
        topic = texts.TOPICS[self.task.position]
        title = self.chance.choice(texts.EVIDENCE_TITLES).format(topic=topic, **words)
        number = self.chance.randrange(10_000, 99_999)
        data = EvidenceCreate(
            title=title,
            formed_on=day - timedelta(days=3),
            published_on=day - timedelta(days=1),
            channel=self.chance.choice(texts.CHANNELS),
            url=f"https://zwgk.example.gov.cn/{self.period.starts_on:%Y%m}/{number}.html",
            secrecy_checked=True,
        )
        return EvidenceLink(
            evidence_id=evidence.create_evidence(self.session, actor, data, now=_at(day, 10, self.chance)).id
        )

    def _step(self, actor: Actor, submission: Submission, action: Action, day: date, *, hour: int, stop: float) -> bool:
        """Take a step unless it lies in the future or the person has not come to it yet (only lately)."""
        recent = (self.today - day).days < 12
        if day > self.today or (recent and self.chance.random() < stop * 4):
            return False
        progress.act(self.session, actor, submission.id, action, now=_at(day, hour, self.chance))
        return True

    def _return(self, office: Actor, reporter: Actor, signer: Actor, submission: Submission, day: date) -> None:
        if day > self.today:
            return
        reason, words = self.chance.choice(texts.RETURNS)
        point = PointInput(reason=PointReason(reason), text=words, due_on=day + timedelta(days=5))
        progress.act(self.session, office, submission.id, Action.RETURN, now=_at(day, 11, self.chance), points=[point])
        answered_on = day + timedelta(days=self.chance.choice((2, 3, 6)))
        if answered_on + timedelta(days=2) > self.today or self.chance.random() < 0.2:
            return
        self._answer(reporter, submission, answered_on)
        self._step(reporter, submission, Action.SUBMIT, answered_on, hour=14, stop=0)
        self._step(signer, submission, Action.SIGN, answered_on, hour=17, stop=0)
        self._step(office, submission, Action.ACCEPT, answered_on + timedelta(days=2), hour=10, stop=0.02)

    def _answer(self, reporter: Actor, submission: Submission, day: date) -> None:
        open_points = self.session.exec(
            select(ReviewPoint).where(ReviewPoint.subject_id == submission.id, col(ReviewPoint.answer).is_(None))
        ).all()
        words = {
            "n": self.chance.randint(3, 28),
            "m": 2,
            "unit": reporter.unit_name,
            "month": self.period.starts_on.month,
        }
        patch = SubmissionPatch(
            progress=self.chance.choice(texts.PROGRESS[self.task.position]).format(**words),
            answers=[AnswerInput(point_id=point.id, answer=self.chance.choice(texts.ANSWERS)) for point in open_points],
        )
        progress.edit(
            self.session, reporter, submission.id, patch, f'"{submission.version}"', now=_at(day, 11, self.chance)
        )


def _overdue_before(period: Period, assignment: Assignment) -> bool:
    return assignment.completed_on is None and assignment.due_on is not None and assignment.due_on < period.opens_on


def _at(day: date, hour: int, chance: random.Random) -> datetime:
    return datetime.combine(day, time(hour, chance.randrange(60), chance.randrange(60)), SHANGHAI)
