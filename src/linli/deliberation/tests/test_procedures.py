"""Procedures as data: the built-in ones are sound, and what contradicts itself is told by file and key."""

from typing import Any

import pytest

from linli.core import clock
from linli.deliberation import procedures_section
from linli.deliberation.procedures import Procedure, Step, faults
from linli.deliberation.procedures_section import BUILT_IN, CATALOGUE, FOUR_TWO

MEET: dict[str, Any] = {"code": "meet", "label": "议", "kind": "meet"}
DONE: dict[str, Any] = {"code": "done", "label": "办", "kind": "carry_out"}
SHOW: dict[str, Any] = {"code": "show", "label": "公", "kind": "disclose", "publication_days": 7}
PLACE = {"name": "清河县邻里", "root": "990901"}


def share(text: str, bound: str = "at_least", of: str = "due", by: str = "heads") -> dict[str, str]:
    return {"share": text, "bound": bound, "of": of, "by": by}


def made(*steps: dict[str, Any], **values: Any) -> dict[str, Any]:
    return {"code": "own", "label": "自定", "ground": "约定", "steps": list(steps), **values}


def found(section: dict[str, Any]) -> list[tuple[str, str]]:
    """What the check of a profile says: the key, and the code of what is wrong."""
    told = procedures_section.faults({"place": PLACE, "procedures": section})
    assert all(fault.file == "procedures.yaml" for fault in told)
    return [(fault.key, fault.message.split(":")[0]) for fault in told]


def test_the_built_in_procedures_are_sound() -> None:
    assert {item.code: list(faults(item)) for item in BUILT_IN} == {item.code: [] for item in BUILT_IN}
    codes = {item.code for item in BUILT_IN}
    assert {item.procedure for item in CATALOGUE} <= codes
    four = next(item for item in BUILT_IN if item.code == FOUR_TWO)
    assert not any(step.skippable for step in four.steps)
    assert [step.kind for step in four.steps].count("disclose") == 2
    assert [item.code for item in BUILT_IN if not item.verified] == ["representatives"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("procedure", "key", "code"),
    [
        (made({**MEET, "quorum": [share("4/3")]}), "steps.0.quorum.0.share", "procedure.share"),
        (made({**MEET, "passing": [share("1/1", "more_than")]}), "steps.0.passing.0.share", "procedure.share"),
        (made({**MEET, "quorum": [share("1/2", of="present")]}), "steps.0.quorum.0.of", "procedure.quorum_of"),
        (
            made({**MEET, "quorum": [share("1/2")], "passing": [share("2/3")]}),
            "steps.0.passing.0",
            "procedure.above_quorum",
        ),
        (
            made({**MEET, "quorum": [share("1/2")], "passing": [share("1/2", "more_than")]}),
            "steps.0.passing.0",
            "procedure.above_quorum",
        ),
        (made({**DONE, "quorum": [share("1/2")]}), "steps.0.quorum.0", "procedure.no_numbers"),
        (made(SHOW, MEET), "steps.0.kind", "procedure.discloses_nothing"),
        (made(MEET, SHOW, {**SHOW, "code": "again"}), "steps.2.kind", "procedure.discloses_nothing"),
        (
            made({**MEET, "since": "2026-02-01", "until": "2026-01-01"}),
            "steps.0.until",
            "procedure.validity",
        ),
        (made(MEET, {**MEET, "code": "x", "merges": "one_person"}), "steps.1.merges", "procedure.merges_nothing"),
        (made({**MEET, "merges": "one_person"}, DONE), "steps.0.merges", "procedure.merges_nothing"),
        (made(MEET, MEET), "steps.1.code", "procedure.step_twice"),
        (made(MEET, {**SHOW, "publication_days": 0}), "steps.1.publication_days", "procedure.publication_days"),
        (made({**MEET, "objections": True}), "steps.0", "procedure.not_public"),
        (made(MEET, {"code": "r", "label": "评", "kind": "rate"}), "steps.1.kind", "procedure.rates_nothing"),
        (made(MEET, since="2026-02-01", until="2026-01-01"), "until", "procedure.validity"),
        (made({**MEET, "skippable": True}, skips=False), "steps.0.skippable", "procedure.never_skipped"),
        (made(MEET, code=FOUR_TWO), "skips", "procedure.never_skipped"),
        (made(MEET, tiers=["nothing"]), "tiers.0", "procedure.tier_unknown"),
    ],
)
def test_what_contradicts_itself(procedure: dict[str, Any], key: str, code: str) -> None:
    assert found({"procedures": [procedure]}) == [(f"procedures.0.{key}", code)]


@pytest.mark.django_db
def test_the_catalogue_names_what_there_is() -> None:
    topics = [{"code": "a", "label": "甲", "procedure": "nothing", "tier": "nowhere"}]
    assert found({"topics": topics}) == [
        ("topics.0.procedure", "procedure.unknown"),
        ("topics.0.tier", "procedure.tier_unknown"),
    ]
    assert found({"procedures": [made(MEET), made(MEET)]}) == [("procedures.1.code", "procedure.twice")]
    assert found({}) == []
    sound = made({**MEET, "quorum": [share("2/3")], "passing": [share("1/2", "more_than")]}, SHOW, DONE)
    assert found({"procedures": [sound], "topics": [{"code": "a", "label": "甲", "procedure": "own"}]}) == []


def test_numbers_on_a_text_that_is_not_checked_or_out_of_force_are_shown_as_such() -> None:
    four = next(item for item in BUILT_IN if item.code == FOUR_TWO)
    # The law of the residents' meeting was revised from 2026 on; everything else in it rests on what is known.
    assert [step.code for step in four.steps if not step.holds] == ["decide"]
    assert four.step("decide").ground
    step = Step.model_validate({**MEET, "ground": "某条例", "since": "2026-01-01", "until": "2026-12-31"})
    for day, holds in (("2025-12-31", False), ("2026-01-01", True), ("2026-12-31", True), ("2027-01-01", False)):
        with clock.frozen(f"{day}T10:00"):
            assert step.holds is holds, day
            assert not step.model_copy(update={"verified": False}).holds


def test_a_procedure_is_the_same_after_it_was_kept() -> None:
    for item in BUILT_IN:
        assert Procedure.model_validate(item.model_dump(mode="json")) == item
