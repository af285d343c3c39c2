"""Commitments and standing relations: what each does, what is refused, who sees and reports, twice."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from linli.accounts.testing import Cast
from linli.core import clock
from linli.core.actors import SYSTEM
from linli.core.errors import DomainError
from linli.core.models import WorkItem
from linli.deliberation.models import Commitment, Partnership
from linli.deliberation.operations import commitments, partnerships
from linli.deliberation.operations.meeting_ledgers import partnership_record_many, partnerships_refused
from linli.deliberation.operations.partnerships import Relation
from linli.deliberation.policies.meetings import commitments_visible_to
from linli.deliberation.tests.sittings import held, joint, planned, promised

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(db: None) -> Any:
    with clock.frozen("2026-03-10T10:00") as now:
        yield now


def refused(call: Any, **values: Any) -> str:
    with pytest.raises(DomainError) as error:
        call(**values)
    return error.value.code


def owed() -> list[tuple[int | None, date]]:
    rows = WorkItem.objects.filter(kind="commitment.keep", ended=None)
    return [(row.organization_id, clock.day_of(row.due)) for row in rows if row.due]


def test_a_commitment_falls_late_and_is_done_late(cast: Cast, today: Any) -> None:
    row = promised(cast, held(cast, joint(cast)))
    body = cast.bodies["department"].pk
    assert owed() == [(body, date(2026, 3, 17))]
    assert commitments.commitments_check() == 0
    today.move_to(datetime.fromisoformat("2026-03-18T00:10"))
    assert commitments.commitments_check() == 1
    assert commitments.commitments_check() == 0
    keep: dict[str, Any] = {"commitment_id": row.pk, "evidence": "已更换，附照片"}
    assert refused(commitments.commitment_keep, actor=cast.other_handler, **keep) == "not_found"
    assert refused(commitments.commitment_keep, actor=cast.leader, **keep) == "commitment.not_yours"
    code = refused(commitments.commitment_keep, actor=cast.department_handler, commitment_id=row.pk, evidence="")
    assert code == "commitment.evidence"
    commitments.commitment_report(actor=cast.department_handler, commitment_id=row.pk, text="设备已到")
    row = commitments.commitment_keep(actor=cast.department_handler, **keep)
    assert (row.state, row.done_on, [note.verb for note in row.notes.order_by("id")]) == (
        *("done_late", date(2026, 3, 18)),
        ["report", "keep"],
    )
    assert owed() == []
    assert refused(commitments.commitment_keep, actor=cast.department_handler, **keep) == "commitment.state"


def test_what_was_done_in_time_and_told_later_was_in_time(cast: Cast, today: Any) -> None:
    row = promised(cast, held(cast, joint(cast)))
    today.move_to(datetime.fromisoformat("2026-03-20T10:00"))
    commitments.commitments_check()
    keep: dict[str, Any] = {"actor": cast.department_handler, "commitment_id": row.pk, "evidence": "已更换"}
    assert refused(commitments.commitment_keep, **keep, on=date(2026, 3, 21)) == "commitment.future"
    assert refused(commitments.commitment_keep, **keep, on=date(2026, 3, 9)) == "commitment.future"
    assert commitments.commitment_keep(**keep, on=date(2026, 3, 17)).state == "done"
    # And what nobody checked yet is late by its day all the same.
    other = promised(cast, held(cast, joint(cast, title="片区会")), days=0)
    today.move_to(datetime.fromisoformat("2026-03-21T10:00"))
    assert commitments.commitment_keep(**{**keep, "commitment_id": other.pk}).state == "done_late"


def test_another_day_has_a_reason_and_the_former_stays_readable(cast: Cast, today: Any) -> None:
    row = promised(cast, held(cast, joint(cast)))
    today.move_to(datetime.fromisoformat("2026-03-18T10:00"))
    commitments.commitments_check()
    move: dict[str, Any] = {"commitment_id": row.pk, "due": date(2026, 3, 25)}
    code = refused(commitments.commitment_postpone, actor=cast.department_handler, **move, reason="等设备")
    assert code == "meeting.not_yours"
    assert refused(commitments.commitment_postpone, actor=cast.secretary, **move, reason=" ") == "meeting.reason"
    past: dict[str, Any] = {"commitment_id": row.pk, "due": date(2026, 3, 17), "reason": "等"}
    assert refused(commitments.commitment_postpone, actor=cast.secretary, **past) == "commitment.due"
    row = commitments.commitment_postpone(actor=cast.secretary, **move, reason="等设备")
    assert (row.state, row.due, row.postponed) == ("open", date(2026, 3, 25), 1)
    note = row.notes.get()
    assert (note.due_before, note.due_after, note.text) == (date(2026, 3, 17), date(2026, 3, 25), "等设备")
    assert owed() == [(row.organization_id, date(2026, 3, 25))]
    commitments.commitment_drop(actor=cast.secretary, commitment_id=row.pk, reason="改由街道办")
    assert owed() == []


def test_where_commitments_are_made_and_who_sees_them(cast: Cast) -> None:
    series = joint(cast)
    meeting = held(cast, series)
    make: dict[str, Any] = {"actor": cast.secretary, "text": "换灯", "organization_id": cast.bodies["department"].pk}
    day = clock.today()
    early = day - timedelta(days=1)
    assert refused(commitments.commitment_make, **make, meeting_id=meeting.pk, due=early) == "commitment.due"
    strange: dict[str, Any] = {**make, "organization_id": cast.bodies["far_office"].pk}
    assert refused(commitments.commitment_make, **strange, meeting_id=meeting.pk, due=day) == "not_found"
    later = planned(cast, series, title="下次")
    assert refused(commitments.commitment_make, **make, meeting_id=later.pk, due=day) == "commitment.state"
    outside: dict[str, Any] = {**make, "actor": cast.outsider}
    assert refused(commitments.commitment_make, **outside, meeting_id=meeting.pk, due=day) == "not_found"
    promised(cast, meeting)
    seen = {who for who, actor in cast.actors.items() if Commitment.objects.filter(commitments_visible_to(actor))}
    # The property company was at the same meeting; what others promised is not its business.
    assert seen == {
        *("community_worker", "second_worker", "secretary", "street_officer", "leader", "auditor"),
        "department_handler",
    }


def test_a_mechanism_is_in_place_only_with_evidence(cast: Cast) -> None:
    place = cast.places["community"].pk
    relation = Relation(Partnership.Type.MECHANISM, place, actors=("volunteer", "community"), partners="商户联盟")
    make = partnerships.partnership_make
    assert refused(make, actor=cast.outsider, relation=relation) == "meeting.not_yours"
    bare = Relation(Partnership.Type.MECHANISM, place)
    assert refused(make, actor=cast.secretary, relation=bare) == "partnership.actors"
    assert refused(make, actor=cast.secretary, relation=Relation("friends", place)) == "partnership.type"
    alone = Relation(Partnership.Type.PAIRING, place)
    assert refused(make, actor=cast.secretary, relation=alone) == "partnership.partner"
    row = make(actor=cast.secretary, relation=relation)
    assert (row.state, row.actors, row.level) == ("preparing", ["community", "volunteer"], "社区")
    assert refused(make, actor=cast.secretary, relation=relation) == "partnership.twice"
    setting: dict[str, Any] = {"actor": cast.secretary, "partnership_id": row.pk, "since": clock.today()}
    assert refused(partnerships.partnership_set_up, **setting, evidence=" ") == "partnership.evidence"
    ahead: dict[str, Any] = {**setting, "since": date(2026, 3, 11), "evidence": "协议"}
    assert refused(partnerships.partnership_set_up, **ahead) == "partnership.since"
    assert partnerships.partnership_set_up(**setting, evidence="三方协议").state == "running"
    assert refused(partnerships.partnership_set_up, **setting, evidence="再") == "partnership.state"
    event: dict[str, Any] = {"actor": cast.secretary, "partnership_id": row.pk, "on": clock.today()}
    assert partnerships.partnership_event(**event, text="联合清扫").place_id == place
    partnerships.partnership_end(actor=cast.secretary, partnership_id=row.pk, reason="期满")
    assert refused(partnerships.partnership_event, **event, text="再来") == "partnership.ended"


def test_a_ledger_says_since_when(cast: Cast) -> None:
    rows: list[dict[str, Any]] = [{"state": "running"}, {"state": "preparing"}, {"since": clock.today()}, {}]
    assert partnerships_refused(rows=rows) == {0: "partnership.since", 3: "partnership.since"}


def test_actors_of_no_known_kind_join_the_partners_once(cast: Cast) -> None:
    write = partnership_record_many("collaboration_mechanism")
    row = {"place": cast.places["community"].pk, "partners": "红十字会", "actors": ["社区", "volunteer", "商户"]}
    (pk,) = write(actor=SYSTEM, rows=[{**row, "since": clock.today()}])
    for again in ({}, {"actors": ["社区", "volunteer", "商户"]}):
        write(actor=SYSTEM, rows=[{"id": pk, **again}])
        held = Partnership.objects.get(pk=pk)
        assert (held.actors, held.partners) == (["community", "volunteer"], "红十字会、商户")
