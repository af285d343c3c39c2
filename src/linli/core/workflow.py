"""Workflows as tables: states, and the moves that lead from one to another.

Each domain declares its own in its workflow.py and registers it; a profile may switch optional moves off and
rename labels, but never adds a state. Operations ask `step` where a move leads; who may make it at this very
object is the policy's business, here only abilities are named.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from django.core import checks
from django.utils.translation import gettext_lazy as _

from linli.core.errors import InvalidInput, RuleBroken

ANYBODY: Final = "*"


@dataclass(frozen=True, slots=True)
class State:
    """One state. Nothing leaves a final one; `start` is where a new object may begin."""

    code: str
    label: Any
    final: bool = False
    start: bool = False


@dataclass(frozen=True, slots=True)
class Move:
    """One allowed move: a verb that leads from any of some states to one.

    `to` is None where the object stays in its state. `who` names the abilities of which one is enough;
    `ANYBODY` stands for every actor, the system included. A profile may switch off what is `optional`.
    """

    verb: str
    frm: tuple[str, ...]
    to: str | None
    who: frozenset[str]
    label: Any = ""
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with a workflow, as the start-up check reports it."""

    code: str
    subject: str


@dataclass(frozen=True, slots=True)
class Step:
    """One stop of the line of steps that a page draws."""

    code: str
    label: str
    place: str  # "past", "now", "ahead" or "passed_by"


def move(
    verb: str,
    frm: str | Collection[str],
    to: str | None,
    who: str | Collection[str],
    label: Any = "",
    optional: bool = False,
) -> Move:
    """A move as one readable line of a table; single states and abilities need no brackets."""
    sources = (frm,) if isinstance(frm, str) else tuple(frm)
    abilities = {who} if isinstance(who, str) else who
    return Move(verb, sources, to, frozenset(abilities), label, optional)


@dataclass(frozen=True, slots=True)
class Workflow:
    """States and moves of one kind of object. The first state is a start, others where they say so.

    `line` names the states that a page draws as the usual way through, in order.
    """

    name: str
    states: tuple[State, ...]
    moves: tuple[Move, ...]
    line: tuple[str, ...] = ()
    _states: Mapping[str, State] = field(init=False, repr=False, compare=False)
    _steps: Mapping[tuple[str, str], Move] = field(init=False, repr=False, compare=False)
    _used: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_states", {state.code: state for state in self.states})
        steps = {(state, move.verb): move for move in self.moves for state in move.frm}
        object.__setattr__(self, "_steps", steps)
        object.__setattr__(self, "_used", self.reachable())

    @property
    def start(self) -> str:
        """The state in which an object usually begins."""
        return self.states[0].code

    @property
    def choices(self) -> list[tuple[str, Any]]:
        """Codes and labels for a model field."""
        return [(state.code, state.label) for state in self.states]

    @property
    def open_states(self) -> frozenset[str]:
        """Every state that is not final."""
        return frozenset(state.code for state in self.states if not state.final)

    def state(self, code: str) -> State:
        """The state with this code.

        Raises: <name>.state_unknown
        """
        if code not in self._states:
            raise InvalidInput(f"{self.name}.state_unknown", _("There is no such state: %(state)s."), state=code)
        return self._states[code]

    def label(self, code: str) -> Any:
        """What a state is called; a code that is no state stands for itself."""
        return self._states[code].label if code in self._states else code

    def allowed(self, state: str, abilities: Collection[str]) -> list[Move]:
        """The moves that somebody with these abilities may make from a state, in the table's order."""
        held = {ANYBODY, *abilities}
        return [move for move in self.moves if state in move.frm and not held.isdisjoint(move.who)]

    def can(self, state: str, verb: str) -> bool:
        """Whether the verb leads anywhere from the state, whoever asks."""
        return (state, verb) in self._steps

    def step(self, state: str, verb: str) -> str:
        """The state that a verb leads to.

        Raises: <name>.state where the verb does not start there
        """
        move = self._steps.get((state, verb))
        if move is None:
            message = _("This cannot be done in the state “%(label)s”.")
            raise RuleBroken(f"{self.name}.state", message, state=state, verb=verb, label=str(self.label(state)))
        return state if move.to is None else move.to

    def tailored(self, *, off: Collection[str] = (), labels: Mapping[str, str] | None = None) -> "Workflow":
        """This workflow as a profile wants it: optional verbs switched off, states and verbs renamed.

        `labels` maps a state's code, or a verb, to its local name. The states stay what they are.
        Raises: <name>.verb_unknown, <name>.verb_required, <name>.label_unknown, <name>.broken
        """
        names = dict(labels or {})
        self._check_tailoring(off, names)
        result = replace(
            self,
            states=tuple(replace(state, label=names.get(state.code, state.label)) for state in self.states),
            moves=tuple(
                replace(move, label=names.get(move.verb, move.label)) for move in self.moves if move.verb not in off
            ),
        )
        known = set(self.check())
        for fault in result.check():
            # A state that only a switched-off move reached is simply not used in this place.
            if fault not in known and fault.code != "unreachable":
                message = _("Without these steps “%(subject)s” has no way on.")
                raise InvalidInput(f"{self.name}.broken", message, fault=fault.code, subject=fault.subject)
        return result

    def line_of_steps(self, state: str, visited: Collection[str] = ()) -> list[Step]:
        """The usual way through as plain data for a drawing, with where the object stands now.

        `visited` are the states it has been in; a stop that it left out on its way is "passed_by".
        A state off the line (returned, say) is drawn after the last stop visited.
        """
        order = [code for code in self.line if code in self._used]
        if state not in order:
            last = max((index for index, code in enumerate(order) if code in visited), default=-1)
            order.insert(last + 1, state)
        here = order.index(state)
        seen = set(visited) or set(order[:here])
        return [
            Step(code, str(self.state(code).label), _place(index, here, code in seen))
            for index, code in enumerate(order)
        ]

    def check(self) -> list[Fault]:
        """Everything that is wrong with the table itself; empty where it is sound."""
        codes = [state.code for state in self.states]
        faults = [Fault("duplicate_state", code) for code in {code for code in codes if codes.count(code) > 1}]
        pairs = [(state, move.verb) for move in self.moves for state in move.frm]
        faults += [Fault("duplicate_move", f"{s}.{v}") for s, v in {p for p in pairs if pairs.count(p) > 1}]
        named = {code for move in self.moves for code in (*move.frm, move.to) if code} | set(self.line)
        faults += [Fault("unknown_state", code) for code in sorted(named - set(codes))]
        faults += [Fault("nobody", move.verb) for move in self.moves if not move.who]
        faults += [Fault("unreachable", code) for code in codes if code not in self._used]
        leaving = {code for move in self.moves if move.to for code in move.frm if code != move.to}
        for state in self.states:
            if state.final and state.code in leaving:
                faults.append(Fault("final_left", state.code))
            if not state.final and not self._reaches_an_end(state.code):
                faults.append(Fault("dead_end", state.code))
        return faults

    def reachable(self, *sources: str) -> frozenset[str]:
        """The states that can be reached from these, by default from the starts, themselves included."""
        found = set(sources or {self.start, *(state.code for state in self.states if state.start)})
        waiting = list(found)
        while waiting:
            state = waiting.pop()
            ahead = {move.to for move in self.moves if state in move.frm and move.to} - found
            found |= ahead
            waiting.extend(ahead)
        return frozenset(found)

    def _reaches_an_end(self, code: str) -> bool:
        """Whether a final state lies ahead; where a workflow has none, whether anything does."""
        ahead = self.reachable(code) - {code}
        ends = {state.code for state in self.states if state.final}
        return bool(ahead & ends) if ends else bool(ahead)

    def _check_tailoring(self, off: Collection[str], names: Mapping[str, str]) -> None:
        verbs = {move.verb for move in self.moves}
        required = {move.verb for move in self.moves if not move.optional}
        for verb in off:
            if verb not in verbs:
                raise InvalidInput(f"{self.name}.verb_unknown", _("There is no such step: %(verb)s."), verb=verb)
            if verb in required:
                message = _("The step %(verb)s cannot be switched off.")
                raise InvalidInput(f"{self.name}.verb_required", message, verb=verb)
        for name in names:
            if name not in verbs and name not in self._states:
                message = _("There is no such state or step: %(name)s.")
                raise InvalidInput(f"{self.name}.label_unknown", message, name=name)


def _place(index: int, here: int, seen: bool) -> str:
    if index == here:
        return "now"
    if index > here:
        return "ahead"
    return "past" if seen else "passed_by"


_registry: Final[dict[str, Workflow]] = {}


def register(workflow: Workflow) -> Workflow:
    """Enter a workflow under its name, so that the start-up check reads it; returns it."""
    known = _registry.get(workflow.name)
    assert known is None or known == workflow, f"two workflows are called {workflow.name}"
    _registry[workflow.name] = workflow
    return workflow


def registered() -> Mapping[str, Workflow]:
    """Every workflow of the installation by its name."""
    return dict(_registry)


@checks.register("workflows")
def check_workflows(**_options: Any) -> list[checks.CheckMessage]:
    """Report faults of all workflows when Django starts."""
    return [
        checks.Error(f"Workflow {name}: {fault.code} ({fault.subject}).", id=f"linli.workflow.{fault.code}")
        for name, workflow in sorted(_registry.items())
        for fault in workflow.check()
    ]
