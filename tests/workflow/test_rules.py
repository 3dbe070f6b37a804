"""The review as a table: who may do what when, read as people of the district would say it."""

import pytest

from taizhang.access.permissions import Role
from taizhang.workflow.rules import Action, Part, State, allowed_actions, ever_may, next_state, parts_of

REPORTER = parts_of(Role.REPORTER, own_unit=True, in_scope=True)
SIGNER = parts_of(Role.SIGNER, own_unit=True, in_scope=True)
OFFICE = parts_of(Role.OFFICE, own_unit=False, in_scope=True)


@pytest.mark.parametrize(
    ("state", "reporter", "signer", "office"),
    [
        (State.DRAFT, "edit submit", "edit submit", ""),
        (State.SUBMITTED, "withdraw", "sign return withdraw", ""),
        (State.SIGNED, "", "withdraw", "accept return"),
        (State.ACCEPTED, "", "", "reopen"),
        (State.RETURNED, "edit submit", "edit submit", ""),
    ],
)
def test_each_state_offers_each_person_these_steps(state: State, reporter: str, signer: str, office: str) -> None:
    offered = [" ".join(allowed_actions(state, parts)) for parts in (REPORTER, SIGNER, OFFICE)]
    assert offered == [reporter, signer, office]


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMIN, Role.AUDIT])
def test_who_only_looks_on_plays_no_part(role: Role) -> None:
    assert parts_of(role, own_unit=True, in_scope=True) == frozenset()


def test_a_neighbour_plays_no_part_in_another_units_report() -> None:
    assert parts_of(Role.REPORTER, own_unit=False, in_scope=False) == frozenset()
    assert parts_of(Role.OFFICE, own_unit=False, in_scope=False) == frozenset()


def test_a_leader_may_sign_what_he_wrote() -> None:
    assert next_state(State.DRAFT, Action.SUBMIT, SIGNER) is State.SUBMITTED
    assert next_state(State.SUBMITTED, Action.SIGN, SIGNER) is State.SIGNED


def test_what_was_returned_once_is_taken_back_as_returned() -> None:
    assert next_state(State.SUBMITTED, Action.WITHDRAW, REPORTER) is State.DRAFT
    assert next_state(State.SUBMITTED, Action.WITHDRAW, REPORTER, returned_before=True) is State.RETURNED
    assert next_state(State.SIGNED, Action.WITHDRAW, SIGNER, returned_before=True) is State.SUBMITTED


def test_signing_is_never_the_reporters_and_accepting_never_the_units() -> None:
    assert not ever_may(Action.SIGN, REPORTER)
    assert not ever_may(Action.ACCEPT, SIGNER)
    assert not ever_may(Action.SUBMIT, OFFICE)
    assert ever_may(Action.RETURN, SIGNER)
    assert ever_may(Action.RETURN, frozenset({Part.REVIEWER}))
