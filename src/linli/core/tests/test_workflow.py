"""Workflows: a sound table steps and refuses, every kind of fault in one is found, profiles only trim."""

from dataclasses import replace

import pytest

from linli.core import workflow
from linli.core.errors import InvalidInput, RuleBroken
from linli.core.workflow import ANYBODY, State, Workflow, move

MATTER = Workflow(
    "matter",
    states=(
        State("received", "Received"),
        State("accepted", "Accepted"),
        State("returned", "Returned"),
        State("checked", "Checked"),
        State("closed", "Closed", final=True),
    ),
    moves=(
        move("accept", ["received", "returned"], "accepted", "matter.handle"),
        move("return", "accepted", "returned", {"matter.handle", "matter.lead"}),
        move("note", ["received", "accepted"], None, ANYBODY),
        move("check", "accepted", "checked", "matter.lead", optional=True),
        move("close", ["accepted", "checked"], "closed", "matter.lead"),
    ),
    line=("received", "accepted", "checked", "closed"),
)


@pytest.fixture
def empty_registry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workflow, "_registry", {})


@pytest.mark.parametrize(
    "scenario",
    [
        ["received", "accept", "accepted", "check", "checked", "close", "closed"],
        ["received", "note", "received", "accept", "accepted", "return", "returned", "accept", "accepted"],
    ],
)
def test_scenarios(scenario: list[str]) -> None:
    for state, verb, to in zip(scenario[::2], scenario[1::2], scenario[2::2], strict=False):
        assert MATTER.step(state, verb) == to


@pytest.mark.parametrize(("state", "verb"), [("received", "close"), ("closed", "accept"), ("gone", "close")])
def test_a_move_that_does_not_start_here_is_refused(state: str, verb: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        MATTER.step(state, verb)
    assert refused.value.code == "matter.state"
    assert (refused.value.facts["state"], refused.value.facts["verb"]) == (state, verb)
    assert not MATTER.can(state, verb)


@pytest.mark.parametrize(
    ("state", "abilities", "verbs"),
    [
        ("accepted", {"matter.handle"}, ["return", "note"]),
        ("accepted", {"matter.lead"}, ["return", "note", "check", "close"]),
        ("accepted", set(), ["note"]),
        ("checked", {"matter.handle"}, []),
        ("closed", {"matter.lead", "matter.handle"}, []),
    ],
)
def test_allowed_moves_follow_abilities(state: str, abilities: set[str], verbs: list[str]) -> None:
    assert [found.verb for found in MATTER.allowed(state, abilities)] == verbs


@pytest.mark.parametrize(
    ("broken", "fault"),
    [
        (replace(MATTER, moves=MATTER.moves[1:]), ("unreachable", "accepted")),
        (
            replace(MATTER, moves=(*MATTER.moves[:4], move("close", "accepted", "closed", "x"))),
            ("dead_end", "checked"),
        ),
        (replace(MATTER, moves=(*MATTER.moves, move("drop", "received", "closed", ()))), ("nobody", "drop")),
        (
            replace(MATTER, moves=(*MATTER.moves, move("lose", "received", "lost", "x"))),
            ("unknown_state", "lost"),
        ),
        (
            replace(MATTER, moves=(*MATTER.moves, move("reopen", "closed", "accepted", "x"))),
            ("final_left", "closed"),
        ),
        (
            replace(MATTER, moves=(*MATTER.moves, move("close", "accepted", "returned", "x"))),
            ("duplicate_move", "accepted.close"),
        ),
        (
            replace(MATTER, states=(*MATTER.states, State("received", "Again"))),
            ("duplicate_state", "received"),
        ),
        (replace(MATTER, line=("received", "nowhere")), ("unknown_state", "nowhere")),
        # Two states that only lead to one another are no way out.
        (
            replace(
                MATTER,
                states=(*MATTER.states, State("a", "A", start=True), State("b", "B")),
                moves=(*MATTER.moves, move("to", "a", "b", "x"), move("fro", "b", "a", "x")),
            ),
            ("dead_end", "b"),
        ),
    ],
)
def test_the_check_finds_faults(broken: Workflow, fault: tuple[str, str]) -> None:
    assert MATTER.check() == []
    assert fault in [(found.code, found.subject) for found in broken.check()]


def test_the_start_up_check_names_workflow_and_fault(empty_registry: None) -> None:
    workflow.register(MATTER)
    workflow.register(MATTER)
    assert workflow.check_workflows() == []
    workflow.register(replace(MATTER, name="other", moves=MATTER.moves[1:]))
    assert {error.id for error in workflow.check_workflows()} >= {"linli.workflow.unreachable"}
    assert list(workflow.registered()) == ["matter", "other"]
    with pytest.raises(AssertionError):
        workflow.register(replace(MATTER, line=()))


def test_a_profile_switches_steps_off_and_renames() -> None:
    local = MATTER.tailored(off=["check"], labels={"received": "已受理", "close": "办结"})
    assert not local.can("accepted", "check")
    assert local.state("received").label == "已受理"
    assert [found.label for found in local.allowed("accepted", {"matter.lead"}) if found.verb == "close"] == ["办结"]
    assert [state.code for state in local.states] == [state.code for state in MATTER.states]
    assert [step.code for step in local.line_of_steps("received")] == ["received", "accepted", "closed"]


@pytest.mark.parametrize(
    ("off", "labels", "code"),
    [
        (["close"], {}, "matter.verb_required"),
        (["vanish"], {}, "matter.verb_unknown"),
        ([], {"brand_new": "新状态"}, "matter.label_unknown"),
    ],
)
def test_a_profile_cannot_do_more(off: list[str], labels: dict[str, str], code: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        MATTER.tailored(off=off, labels=labels)
    assert refused.value.code == code


def test_a_profile_cannot_lock_a_matter_in() -> None:
    risky = replace(MATTER, moves=tuple(replace(one, optional=True) for one in MATTER.moves))
    with pytest.raises(InvalidInput) as refused:
        risky.tailored(off=["close"])
    assert refused.value.code == "matter.broken"


@pytest.mark.parametrize(
    ("state", "visited", "places"),
    [
        ("accepted", [], ["past", "now", "ahead", "ahead"]),
        ("closed", ["received", "accepted", "closed"], ["past", "past", "passed_by", "now"]),
        ("returned", ["received", "accepted", "returned"], ["past", "past", "now", "ahead", "ahead"]),
    ],
)
def test_the_line_of_steps(state: str, visited: list[str], places: list[str]) -> None:
    assert [step.place for step in MATTER.line_of_steps(state, visited)] == places
    with pytest.raises(InvalidInput) as refused:
        MATTER.line_of_steps("lost")
    assert refused.value.code == "matter.state_unknown"


def test_open_states_and_choices() -> None:
    assert MATTER.start == "received"
    assert "closed" not in MATTER.open_states
    assert len(MATTER.open_states) == 4
    assert MATTER.choices[0] == ("received", "Received")
