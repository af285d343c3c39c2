"""Procedures as data: the ordered steps of one, what each asks for, and what contradicts itself in them.

A topic keeps the procedure as it was when it began, as plain data; `Procedure.model_validate` reads it again.
"""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Final, Literal

from pydantic import Field

from linli.core import clock
from linli.deliberation.thresholds import Base, Bound, Measure, Threshold
from linli.records.profiles import Labelled, Part

CODE: Final = r"^[a-z][a-z0-9_]*$"
Kind = Literal["talk", "meet", "vote", "disclose", "carry_out", "rate"]
# At these somebody decides, so that people come and are counted.
DECIDING: Final = ("meet", "vote")
Faults = Iterator[tuple[str, str]]


class Share(Part):
    """A threshold as it is written: a fraction, whether it includes, of whom, by heads or by area."""

    share: str = Field(pattern=r"^[1-9][0-9]{0,3}/[1-9][0-9]{0,3}$")
    bound: Bound
    of: Base = "due"
    by: Measure = "heads"

    @property
    def fraction(self) -> Fraction:
        """The exact fraction."""
        return Fraction(self.share)

    def threshold(self) -> Threshold:
        """The threshold with which one counts."""
        return Threshold(self.fraction, self.bound, self.of, self.by)


class Step(Labelled):
    """One step: who decides, of whom how many must come and agree, what must be there before and after.

    `talk` is recorded without numbers, `meet` and `vote` with numbers; `disclose` makes public for at least
    `publication_days`; `carry_out` is done once the tasks are; at `rate` residents say how it turned out.
    Where its numbers rest on a text of their own, `ground` names it and from when to when it is in force; numbers that
    are not `verified`, or whose text is out of force, are shown as such until the place fills them in.
    """

    code: str = Field(pattern=CODE, max_length=60)
    label: str = Field(min_length=1, max_length=60)
    kind: Kind
    who: str = ""
    electorate: str = ""
    quorum: tuple[Share, ...] = ()
    passing: tuple[Share, ...] = ()
    notice_days: int = Field(default=0, ge=0, le=90)
    papers: tuple[str, ...] = ()
    publication_days: int = Field(default=0, ge=0, le=365)
    objections: bool = False
    merges: Literal["never", "one_person"] = "never"
    skippable: bool = False
    ground: str = ""
    since: date | None = None
    until: date | None = None
    verified: bool = True

    @property
    def decides(self) -> bool:
        """Whether people come together at it and are counted."""
        return self.kind in DECIDING

    @property
    def holds(self) -> bool:
        """Whether its numbers are checked against a text that is in force today."""
        return self.verified and _within(self.since, self.until, clock.today())


class Tier(Labelled):
    """A tier of matters (小事, 急事, 难事, 大事)."""

    code: str = Field(pattern=CODE, max_length=60)


class Procedure(Labelled):
    """An ordered procedure on its legal ground. One that is not `verified` is filled in by the place before use."""

    code: str = Field(pattern=CODE, max_length=60)
    ground: str = Field(min_length=1)
    since: date | None = None
    until: date | None = None
    verified: bool = True
    skips: bool = True
    tiers: tuple[str, ...] = ()
    steps: tuple[Step, ...] = Field(min_length=1)

    def step(self, code: str) -> Step:
        """The step of this code."""
        return next(step for step in self.steps if step.code == code)

    @property
    def resolves_at(self) -> str:
        """The step at which the resolution is adopted: the last that decides before anything is made public or done."""
        found = ""
        for step in self.steps:
            if step.kind in ("disclose", "carry_out", "rate"):
                break
            found = step.code
        return found or self.steps[0].code

    def holds_on(self, day: date) -> bool:
        """Whether it may be begun on a day."""
        return _within(self.since, self.until, day)


def _within(since: date | None, until: date | None, day: date) -> bool:
    return (since is None or since <= day) and (until is None or day <= until)


def faults(procedure: Procedure) -> Faults:
    """What contradicts itself in a procedure: its key, and a code with what is meant."""
    if procedure.since and procedure.until and procedure.until < procedure.since:
        yield "until", f"procedure.validity: {procedure.until}"
    codes = [step.code for step in procedure.steps]
    for number, step in enumerate(procedure.steps):
        where = f"steps.{number}"
        if step.code in codes[:number]:
            yield f"{where}.code", f"procedure.step_twice: {step.code}"
        if step.since and step.until and step.until < step.since:
            yield f"{where}.until", f"procedure.validity: {step.until}"
        if step.skippable and not procedure.skips:
            yield f"{where}.skippable", f"procedure.never_skipped: {step.code}"
        yield from _of_numbers(where, step)
        yield from _of_order(where, number, procedure.steps)
        yield from _of_disclosure(where, step)


def _of_numbers(where: str, step: Step) -> Faults:
    """What is wrong with thresholds: no share, a quorum of who came, agreement that a quorum can never give."""
    sound = True
    for name in ("quorum", "passing"):
        for position, share in enumerate(getattr(step, name)):
            key = f"{where}.{name}.{position}"
            if share.fraction > 1 or (share.fraction == 1 and share.bound == "more_than"):
                sound = False
                yield f"{key}.share", f"procedure.share: {share.share}"
            if not step.decides:
                yield key, f"procedure.no_numbers: {step.kind}"
            if name == "quorum" and share.of != "due":
                yield f"{key}.of", "procedure.quorum_of"
    if sound:
        yield from _unreachable(where, step)


def _unreachable(where: str, step: Step) -> Faults:
    """Agreement of all who are due that needs more than the quorum brings contradicts the quorum."""
    for position, wanted in enumerate(step.passing):
        for quorum in step.quorum:
            if wanted.of != "due" or wanted.by != quorum.by:
                continue
            same = wanted.fraction == quorum.fraction and wanted.bound == "more_than" and quorum.bound == "at_least"
            if wanted.fraction > quorum.fraction or same:
                yield f"{where}.passing.{position}", f"procedure.above_quorum: {wanted.share} > {quorum.share}"


def _of_order(where: str, number: int, steps: tuple[Step, ...]) -> Faults:
    """What comes before that on which it rests: a disclosure before what it discloses, a merge with nothing."""
    step, before = steps[number], [item.kind for item in steps[:number]]
    if step.kind == "disclose":
        nothing = not any(kind in (*DECIDING, "talk") for kind in before)
        if nothing or ("disclose" in before and "carry_out" not in before):
            yield f"{where}.kind", f"procedure.discloses_nothing: {step.code}"
    if step.kind == "rate" and "carry_out" not in before:
        yield f"{where}.kind", f"procedure.rates_nothing: {step.code}"
    if step.merges != "never" and (number + 1 == len(steps) or not steps[number + 1].decides):
        yield f"{where}.merges", f"procedure.merges_nothing: {step.code}"


def _of_disclosure(where: str, step: Step) -> Faults:
    if step.kind == "disclose":
        if not step.publication_days:
            yield f"{where}.publication_days", f"procedure.publication_days: {step.code}"
        return
    if step.publication_days or step.objections:
        yield where, f"procedure.not_public: {step.code}"
