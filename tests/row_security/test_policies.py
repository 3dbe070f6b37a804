"""Row-level security (行级安全): every table declared, nothing without a context, no context that outlives its end."""

import re
import uuid
from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.exc import IntegrityError, ProgrammingError
from sqlalchemy.pool import NullPool
from sqlmodel import Session, func, select

from taizhang.access.permissions import Role
from taizhang.accounts import queries
from taizhang.accounts.queries import Caller
from taizhang.attachments.models import Attachment, Evidence
from taizhang.core.database import (
    AUTH,
    SYSTEM,
    Context,
    GuardedSession,
    acting_as,
    connect_args,
    create_pool,
    open_session,
)
from taizhang.progress.models import SubmissionEvidence
from taizhang.row_security import applying, roles
from taizhang.row_security.tables import TABLES
from taizhang.tables import METADATA
from taizhang.units.models import Unit
from tests.attachments.files import PNG
from tests.conftest import SharedSession
from tests.district import District


@pytest.fixture
def owner(database_url: str) -> Iterator[Connection]:
    with create_engine(database_url, poolclass=NullPool).connect() as connection:
        yield connection


@pytest.fixture
def single(database_url: str) -> Iterator[Engine]:
    """A pool of one connection, so that whoever comes second gets what the first left."""
    engine = create_pool(database_url, size=1)
    yield engine
    engine.dispose()


def test_every_table_says_what_it_shows_to_whom() -> None:
    assert applying.undeclared(METADATA.tables) == []
    assert sorted(TABLES.keys() - METADATA.tables.keys()) == []


def test_every_role_of_a_person_acts_as_some_role_of_the_database() -> None:
    assert roles.OF_PERSON.keys() == set(Role)


def test_row_security_is_forced_on_every_table_of_ours(owner: Connection) -> None:
    forced = text(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') "
        "AND relrowsecurity AND relforcerowsecurity"
    )
    assert set(owner.execute(forced).scalars()) == set(METADATA.tables)


def test_no_view_and_no_function_goes_round_it(owner: Connection) -> None:
    views = text(
        "SELECT relname FROM pg_class WHERE relkind IN ('v', 'm') AND relnamespace = 'public'::regnamespace "
        "AND NOT coalesce(reloptions @> '{security_invoker=true}', false)"
    )
    loose = text(
        "SELECT proname FROM pg_proc WHERE prosecdef AND pronamespace IN ('public'::regnamespace, "
        "'guard'::regnamespace) AND NOT coalesce(proconfig::text LIKE '%search_path=%', false)"
    )
    assert list(owner.execute(views).scalars()) == []
    assert list(owner.execute(loose).scalars()) == []


@pytest.mark.parametrize("table", sorted(METADATA.tables))
def test_without_a_context_every_table_is_closed(single: Engine, seeded: District, table: str) -> None:
    with single.connect() as connection, pytest.raises(ProgrammingError) as refused:
        connection.execute(text(f"SELECT * FROM {table} LIMIT 1"))
    assert getattr(refused.value.orig, "sqlstate", None) == "42501"


def test_somebody_unknown_acts_for_nobody(single: Engine, seeded: District) -> None:
    with open_session(single, AUTH) as session:
        assert queries.entered(session, uuid.uuid4()) is None
        with pytest.raises(ProgrammingError):
            session.exec(select(Unit)).first()


def test_a_context_does_not_outlive_its_transaction(single: Engine, seeded: District) -> None:
    """One connection, two borrowers, and a third who says nothing."""
    office, reporter = seeded.people["office"], seeded.people["dashanping"]
    seen = {}
    for person in (office, reporter):
        with open_session(single, Context.of_person(person.id)) as session:
            session.exec(select(func.count()).select_from(Unit)).one()
            seen[person.username] = session.connection().exec_driver_sql("SELECT current_user").scalar_one()
            session.commit()
    assert seen == {"office": roles.GOVERNMENT, "dashanping": roles.UNIT}
    with single.connect() as connection:
        left = "SELECT current_user, current_setting('taizhang.user_id', true), guard.my_unit()"
        assert connection.exec_driver_sql(left).one() == ("taizhang_app", "", None)


def test_a_context_ends_with_a_rollback_too(single: Engine, seeded: District) -> None:
    with open_session(single, Context.of_person(seeded.people["office"].id)) as session:
        session.connection()
        session.rollback()
    with single.connect() as connection:
        assert connection.exec_driver_sql("SELECT current_user").scalar_one() == "taizhang_app"


def test_a_part_within_a_part_ends_in_the_outer_one(single: Engine, seeded: District) -> None:
    with open_session(single, Context.of_person(seeded.people["dashanping"].id)) as session:
        said = []
        with acting_as(session, SYSTEM):
            with acting_as(session, SYSTEM):
                pass
            with acting_as(session, AUTH):
                pass
            said.append(session.connection().exec_driver_sql("SELECT current_user").scalar_one())
        said.append(session.connection().exec_driver_sql("SELECT current_user").scalar_one())
    assert said == [roles.SYSTEM, roles.UNIT]


def test_the_database_gives_the_caller_as_the_application_reads_it(single: Engine, seeded: District) -> None:
    for username in ("dashanping", "office", "naxi", "audit"):
        person = seeded.people[username]
        with open_session(single, AUTH) as session:
            caller = queries.entered(session, person.id)
        assert caller is not None
        assert len(caller) == len(Caller._fields)
        assert caller.actor() == seeded.actor(username)


def test_a_government_alone_in_the_database_needs_no_condition(session: Session, district: District) -> None:
    """And with another beside it, it does."""
    office = session.connection().execute(text("SELECT guard.find_caller(:id)"), {"id": district.people["office"].id})
    assert roles.GOVERNMENT in str(office.scalar_one())
    session.connection().execute(text("UPDATE unit SET path = '0001zzzz' || path WHERE path >= '0002'"))
    alone = session.connection().execute(text("SELECT guard.find_caller(:id)"), {"id": district.people["office"].id})
    assert roles.WHOLE in str(alone.scalar_one())


def upload(session: Session, district: District, login: str) -> Attachment:
    """A file of that unit's."""
    kept = Attachment(
        unit_id=district.units[login].id,
        sha256="0" * 64,
        name="截图.png",
        size=len(PNG),
        media_type="image/png",
        uploaded_by=district.people[login].id,
        created_at=district.people[login].created_at,
    )
    session.add(kept)
    session.flush()
    return kept


def test_nothing_of_one_unit_hangs_on_what_is_anothers(session: Session, district: District) -> None:
    """Not even where no row condition stands: the foreign key carries the unit."""
    theirs = upload(session, district, "caizheng")
    mine = district.people["dashanping"]
    session.add(
        Evidence(
            unit_id=mine.unit_id,
            title="借来的",
            attachment_id=theirs.id,
            created_by=mine.id,
            created_at=mine.created_at,
        )
    )
    with pytest.raises(IntegrityError, match="fk_evidence_unit_id_attachment_id"):
        session.flush()


def test_a_unit_cannot_write_in_anothers_name(connection: Connection, district: District) -> None:
    with SharedSession(connection, Context.of_person(district.people["dashanping"].id)) as session:
        upload(session, district, "dashanping")
        with pytest.raises(ProgrammingError, match="row-level security"):
            upload(session, district, "caizheng")


def test_every_reference_between_what_units_own_carries_the_unit() -> None:
    """A new table with a unit that points to another with a unit says which."""
    owned = {name for name, table in METADATA.tables.items() if {"unit_id", "id"} <= {*table.columns.keys()}}
    shared = {"app_user", "unit", "unit_group", "unit_alias", "plan"}  # people; and what a government gives its units
    loose = set()
    for name in owned - shared:
        keys = METADATA.tables[name].foreign_key_constraints
        held = {column for key in keys if len(key.columns) > 1 for column in key.column_keys}
        single = {key.column_keys[0] for key in keys if key.referred_table.name in owned - shared}
        loose |= {f"{name}.{column}" for column in single - held}
    assert loose == set()
    assert SubmissionEvidence.__tablename__ in owned


def test_the_written_policies_are_those_of_this_code(owner: Connection) -> None:
    assert applying.found(owner) == applying.fingerprint()


def test_no_policy_joins_two_roles_by_or(owner: Connection) -> None:
    """A condition that asks who is calling cannot use an index (ADR 0028)."""
    rows = owner.execute(text("SELECT policyname, roles, coalesce(qual, '') AS qual FROM pg_policies"))
    for policy in rows:
        assert len(policy.roles) == 1, policy.policyname
        assert not re.search("current_user|session_user|pg_has_role", policy.qual), policy.policyname


def test_whoever_oversees_everything_is_held_to_no_condition(owner: Connection) -> None:
    whole = owner.execute(
        text("SELECT tablename, qual FROM pg_policies WHERE :role = ANY(roles::text[]) AND cmd IN ('ALL', 'SELECT')"),
        {"role": roles.WHOLE},
    )
    mine = {"notification", "refresh_session", "idempotency_key", "audit_event", "saved_view", "register_import"}
    mine |= {"api_client", "second_factor"}
    assert {row.tablename for row in whole if row.qual != "true"} == mine


def test_the_background_sees_every_unit_but_rewrites_no_history(single: Engine, seeded: District) -> None:
    with open_session(single, SYSTEM) as session:
        assert session.exec(select(func.count()).select_from(Unit)).one() >= len(seeded.units)
        with pytest.raises(ProgrammingError):
            session.connection().execute(text("UPDATE submission_revision SET number = 9"))


def test_a_session_that_never_said_who_acts_is_refused(single: Engine, seeded: District) -> None:
    with pytest.raises(AttributeError), GuardedSession(single) as session:
        session.exec(select(Unit)).first()


def test_a_connection_of_the_owner_takes_the_applications_role(database_url: str) -> None:
    engine = create_engine(database_url, connect_args=connect_args(role="taizhang_app"), poolclass=NullPool)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT current_user").scalar_one() == "taizhang_app"
