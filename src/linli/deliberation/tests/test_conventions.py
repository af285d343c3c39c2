"""The life of a convention: written, commented, adopted by the place, published, filed with the street, followed."""

from collections.abc import Callable
from typing import Any

import pytest

from linli.accounts.testing import Cast
from linli.core import clock
from linli.core.actors import SYSTEM
from linli.core.errors import DomainError
from linli.core.models import Entry, WorkItem
from linli.deliberation.clauses import changes, clauses_of, numbered, numeral
from linli.deliberation.models import Convention, Holding, Topic, TopicStep
from linli.deliberation.operations import convention_ends as ends
from linli.deliberation.operations import conventions as operations
from linli.deliberation.operations.convention_ends import Adoption
from linli.deliberation.operations.convention_ledgers import convention_record_many, conventions_refused
from linli.deliberation.operations.conventions import Sketch
from linli.deliberation.restraint import punishments
from linli.deliberation.tests.agreed import (
    DAY,
    TEXT,
    adopted,
    drafted,
    meeting,
    opened,
    poll,
    published,
    put,
    submitted,
)
from linli.deliberation.workflow.conventions import CONVENTION
from linli.publishing.models import Publication

pytestmark = pytest.mark.django_db
START = "2026-03-02T10:00"


@pytest.fixture(autouse=True)
def today(db: None) -> Any:
    with clock.frozen(START) as held:
        yield held


def code_of(operation: Callable[..., Any], **call: Any) -> str:
    with pytest.raises(DomainError) as caught:
        operation(**call)
    return caught.value.code


def owed(row: Convention) -> list[str]:
    """The kinds of work that are owed of a convention."""
    open_items = WorkItem.objects.filter(subject_type="convention", subject_id=row.pk, ended=None)
    return sorted(open_items.values_list("kind", flat=True))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("乱扔垃圾罚款50元", ["罚款"]),
        ("养犬不牵绳的，第二次罚100元", ["罚100元"]),
        ("不能按时缴费的罚款", ["罚款"]),
        ("不得乱停车，违者罚款", ["罚款"]),
        ("居委会依法罚款五十元", ["罚款"]),
        ("违反一次扣2分", ["扣2分"]),
        ("积分清零", ["积分清零"]),
        ("取消福利待遇", ["取消福利"]),
        ("取消评优资格", ["取消评优资格"]),
        ("停发补贴", ["停发补贴"]),
        ("未参加的不得享受慰问", ["不得享受慰问"]),
        ("不交费的断水断电", ["断水", "断电"]),
        ("不予办理证明", ["不予办理"]),
        ("列入黑名单并曝光", ["黑名单", "曝光"]),
        ("不罚款", []),
        ("本公约不罚款、不扣分", []),
        ("禁止罚款或者扣分", []),
        ("任何人不得擅自断水断电", []),
        ("不得以任何理由罚款", []),
        ("依法由有关部门罚款", []),
        ("劝阻无效的，报城管部门，由其依法罚款", []),
        ("停电时互相帮助", []),
        ("管道维修停水时提前通知", []),
        ("减少分歧，好好商量", []),
        ("积分可以兑换礼品", []),
        ("停电动车请到车棚", []),
    ],
)
def test_what_no_clause_may_say(text: str, words: list[str]) -> None:
    found = punishments(text)
    assert len(found) == len(words)
    assert all(word in said for word, said in zip(words, found, strict=True))


def test_clauses_are_taken_apart_numbered_and_compared() -> None:
    assert clauses_of("第一条 早睡。\n\n2. 早起。\n（三）3楼不堆物。") == ["早睡。", "早起。", "3楼不堆物。"]
    assert [numeral(n) for n in (1, 10, 12, 20, 100, 101, 110)] == [
        *("一", "十", "十二", "二十", "一百", "一百零一", "一百一十"),
    ]
    assert numbered(["早睡。", "早起。"]) == "第一条 早睡。\n第二条 早起。"
    before = ["晚上十点后降低音量。", "遛狗牵绳。", "楼道不堆杂物。"]
    after = ["晚上九点半后降低音量。", "楼道不堆杂物。", "电动车停到车棚。"]
    found = changes(before, after)
    assert [(item.kind, item.number) for item in found] == [
        *(("changed", 1), ("gone", None), ("same", 2), ("new", 3)),
    ]
    # What is kept and new is the new clause, what is kept and gone the old one.
    pieces = found[0].pieces
    assert "".join(piece.text for piece in pieces if piece.kind != "gone") == after[0]
    assert "".join(piece.text for piece in pieces if piece.kind != "new") == before[0]


def test_the_states_of_a_convention() -> None:
    """Every move that there is, and no other."""
    moves = {(state, move.verb): move.to for move in CONVENTION.moves for state in move.frm}
    assert moves == {
        ("draft", "write"): None,
        ("draft", "open"): "commenting",
        ("commenting", "put"): "adopting",
        ("commenting", "revise"): "draft",
        ("adopting", "revise"): "draft",
        ("adopting", "adopt"): "adopted",
        ("adopted", "publish"): "published",
        ("published", "submit"): "submitted",
        ("submitted", "send_back"): "published",
        ("submitted", "receive"): "filed",
        **{(state, "supersede"): "superseded" for state in ("published", "submitted", "filed")},
        **{(state, "repeal"): "repealed" for state in ("published", "submitted", "filed")},
        **{(state, "drop"): "dropped" for state in ("draft", "commenting", "adopting")},
    }


def test_a_draft_is_refused_that_punishes_or_is_there_already(cast: Cast) -> None:
    worker, place = cast.community_worker, cast.places["community"].pk
    call: dict[str, Any] = {"actor": worker, "place_id": place}
    for sketch, code in (
        (Sketch("", TEXT), "convention.title"),
        (Sketch("公约", TEXT, "law"), "convention.kind"),
        (Sketch("公约", " \n "), "convention.clauses"),
        (Sketch("公约", "好" * 1001), "convention.too_long"),
        (Sketch("公约", "\n".join(["好"] * 101)), "convention.clauses"),
    ):
        assert code_of(operations.convention_draft, sketch=sketch, **call) == code
    with pytest.raises(DomainError) as caught:
        operations.convention_draft(sketch=Sketch("公约", f"{TEXT}\n违者罚款。"), **call)
    assert (caught.value.code, caught.value.facts) == ("convention.punishes", {"clause": 4, "words": "罚款"})
    row = operations.convention_draft(sketch=Sketch("公约", TEXT), **call)
    assert [item.text for item in row.clauses.order_by("position")] == clauses_of(TEXT)
    assert code_of(operations.convention_draft, sketch=Sketch("公约", TEXT), **call) == "convention.twice"
    assert not Convention.objects.exclude(pk=row.pk).exists()


def test_who_keeps_a_convention_and_where(cast: Cast) -> None:
    sketch = Sketch("公约", TEXT)
    for who, place, code in (
        ("grid_worker", "community", "convention.not_yours"),
        ("resident", "community", "convention.not_yours"),
        ("outsider", "community", "convention.not_yours"),
        ("community_worker", "building", "not_found"),
        ("community_worker", "street", "not_found"),
    ):
        call = {"actor": getattr(cast, who), "place_id": cast.places[place].pk}
        assert code_of(operations.convention_draft, sketch=sketch, **call) == code
    place_id = cast.places["compound"].pk
    row = operations.convention_draft(actor=cast.community_worker, place_id=place_id, sketch=sketch)
    write: dict[str, Any] = {"convention_id": row.pk, "sketch": sketch, "version": 1}
    assert code_of(operations.convention_write, actor=cast.outsider, **write) == "not_found"
    assert code_of(operations.convention_write, actor=cast.leader, **write) == "convention.not_yours"
    operations.convention_write(actor=cast.community_worker, **write)
    assert code_of(operations.convention_write, actor=cast.community_worker, **write) == "convention.stale"


def test_residents_comment_without_a_name_and_each_is_answered(cast: Cast) -> None:
    draft = drafted(cast)
    comment: dict[str, Any] = {"convention_id": draft.pk, "position": 2, "text": "夜里也要牵绳吗？"}
    assert code_of(operations.convention_comment, actor=cast.resident, **comment) == "not_found"
    open_it: dict[str, Any] = {"actor": cast.community_worker, "convention_id": draft.pk}
    assert code_of(operations.convention_open, until=clock.today() + 6 * DAY, **open_it) == "convention.until"
    operations.convention_open(until=clock.today() + 7 * DAY, **open_it)
    assert code_of(operations.convention_open, until=clock.today() + 7 * DAY, **open_it) == "convention.state"
    assert code_of(operations.convention_comment, actor=cast.resident, **comment | {"position": 9}) == "not_found"
    assert code_of(operations.convention_comment, actor=cast.resident, **comment | {"text": " "}) == (
        "convention.comment"
    )
    first = operations.convention_comment(actor=cast.resident, **comment)
    second = operations.convention_comment(actor=cast.resident, **comment | {"position": 3, "text": "写上鞋柜"})
    entry = Entry.objects.filter(operation="convention.comment").latest("pk")
    assert (entry.actor, owed(draft)) == ("visitor", ["convention.answer"])
    answer: dict[str, Any] = {"comment_id": first.pk, "answer": "要，全天都牵。"}
    assert code_of(operations.comment_answer, actor=cast.outsider, **answer) == "not_found"
    assert code_of(operations.comment_answer, actor=cast.community_worker, **answer | {"answer": ""}) == (
        "convention.answer"
    )
    operations.comment_answer(actor=cast.community_worker, **answer)
    assert code_of(operations.comment_answer, actor=cast.community_worker, **answer) == "convention_comment.state"
    take: dict[str, Any] = {"comment_id": second.pk, "answer": "写上了。"}
    assert (
        code_of(operations.comment_answer, actor=cast.community_worker, clause="楼道堆物罚款。", **take)
        == "convention.punishes"
    )
    assert owed(draft) == ["convention.answer"]
    with clock.frozen(clock.now() + 8 * DAY):
        assert code_of(operations.convention_comment, actor=cast.resident, **comment) == "convention.comments_over"
        call: dict[str, Any] = {"actor": cast.community_worker, "convention_id": draft.pk}
        assert code_of(ends.convention_put, **call) == "convention.unanswered"
        operations.comment_answer(actor=cast.community_worker, clause="楼道不堆杂物和鞋柜。", **take)
        ends.convention_put(**call)
    second.refresh_from_db()
    assert (second.state, second.clause, owed(draft)) == ("taken_up", "楼道不堆杂物。", [])
    assert draft.clauses.get(position=3).text == "楼道不堆杂物和鞋柜。"


def test_nothing_is_put_to_adoption_while_residents_may_comment(cast: Cast) -> None:
    row = opened(cast)
    call: dict[str, Any] = {"actor": cast.community_worker, "convention_id": row.pk}
    assert code_of(ends.convention_put, **call) == "convention.comments_open"
    assert code_of(operations.convention_revise, reason="", **call) == "convention.reason"
    operations.convention_revise(reason="意见集中在停车", **call)
    assert code_of(operations.convention_revise, reason="再来", **call) == "convention.state"
    operations.convention_drop(reason="并入新公约", **call)
    row.refresh_from_db()
    assert (row.state, row.reason) == ("dropped", "并入新公约")
    # The title is free again.
    assert drafted(cast).edition == 2


def test_only_a_vote_of_the_place_that_met_its_rule_adopts(cast: Cast) -> None:
    row = put(cast)
    for way, values, code in (
        ("poll", {"met": False}, "convention.not_met"),
        ("poll", {"rule": "opinion"}, "convention.evidence"),
        ("poll", {"state": "closed"}, "convention.evidence"),
        ("poll", {"held": clock.today() - DAY}, "convention.evidence"),
        ("poll", {"place": "far_community"}, "convention.evidence"),
        ("decree", {}, "convention.evidence"),
        ("topic", {}, "convention.evidence"),
    ):
        chosen = Adoption(way, poll(cast, **values).pk)
        call: dict[str, Any] = {"actor": cast.community_worker, "convention_id": row.pk, "adoption": chosen}
        assert code_of(ends.convention_adopt, **call) == code
    assert code_of(ends.convention_publish, actor=cast.community_worker, convention_id=row.pk) == "convention.state"
    good = Adoption("poll", poll(cast).pk)
    done = ends.convention_adopt(actor=cast.community_worker, convention_id=row.pk, adoption=good)
    assert (done.state, done.due, done.came, done.votes_for, done.adopted_on) == (
        *("adopted", 100, 60, 50, clock.today()),
    )
    other = put(cast, title="楼道公约")
    call = {"actor": cast.community_worker, "convention_id": other.pk, "adoption": good}
    assert code_of(ends.convention_adopt, **call) == "convention.used"


@pytest.mark.parametrize(
    ("due", "came", "agreed", "code"),
    [
        (100, 50, 50, "convention.not_met"),
        (100, 51, 25, "convention.not_met"),
        (100, 52, 26, "convention.not_met"),
        (100, 101, 60, "convention.numbers"),
        (100, 51, 52, "convention.numbers"),
        (100, None, 52, "convention.numbers"),
        (100, 51, 26, ""),
    ],
)
def test_a_meeting_adopts_with_more_than_half_of_more_than_half(
    cast: Cast, due: int, came: int | None, agreed: int, code: str
) -> None:
    row = put(cast)
    chosen = Adoption("meeting", meeting(cast, clock.today()).pk, due, came, agreed)
    call: dict[str, Any] = {"actor": cast.community_worker, "convention_id": row.pk, "adoption": chosen}
    if code:
        assert code_of(ends.convention_adopt, **call) == code
        return
    assert ends.convention_adopt(**call).state == "adopted"
    forum = Adoption("meeting", meeting(cast, clock.today(), kind="residents_forum").pk, 100, 100, 100)
    early = Adoption("meeting", meeting(cast, clock.today() - DAY).pk, 100, 100, 100)
    later: dict[str, Any] = {"actor": cast.community_worker, "convention_id": put(cast, title="楼道公约").pk}
    for chosen in (early, forum):
        assert code_of(ends.convention_adopt, adoption=chosen, **later) == "convention.evidence"


def test_a_resolved_topic_adopts_with_the_numbers_of_its_vote(cast: Cast) -> None:
    row = put(cast)
    told: dict[str, Any] = {"proposed_on": clock.today(), "decided_on": clock.today(), "recorded": clock.now()}
    topic = Topic.objects.create(
        place=row.place, title="公约", source="body", state="decided", outcome="resolution", recorder="system", **told
    )
    call: dict[str, Any] = {"actor": cast.community_worker, "convention_id": row.pk}
    assert code_of(ends.convention_adopt, adoption=Adoption("topic", topic.pk), **call) == "convention.numbers"
    step = TopicStep.objects.create(topic=topic, position=3, code="vote", label="表决")
    numbers = {"due": 45, "came": 37, "represented": 2, "votes_for": 36, "votes_against": 2, "abstained": 1}
    Holding.objects.create(
        step=step, held_on=clock.today(), met=True, recorded=clock.now(), recorder="system", **numbers
    )
    done = ends.convention_adopt(adoption=Adoption("topic", topic.pk), **call)
    assert (done.state, done.due, done.came, done.votes_for) == ("adopted", 45, 39, 36)


def test_it_is_published_with_its_text_and_filed_by_the_street_alone(cast: Cast) -> None:
    row = adopted(cast)
    call: dict[str, Any] = {"actor": cast.community_worker, "convention_id": row.pk}
    done = ends.convention_publish(**call)
    notice = Publication.objects.get(pk=done.publication_id or 0)
    assert (notice.text, notice.place_id) == (numbered(clauses_of(TEXT)), row.place_id)
    assert (owed(row), done.file_by) == (["convention.file"], clock.today() + 14 * DAY)
    assert code_of(ends.convention_publish, **call) == "convention.state"
    receive: dict[str, Any] = {"convention_id": row.pk, "number": "东备〔2026〕1号", "day": clock.today()}
    assert code_of(ends.convention_receive, actor=cast.street_officer, **receive) == "convention.state"
    ends.convention_submit(**call)
    assert (owed(row), code_of(ends.convention_submit, **call)) == (["convention.receive"], "convention.state")
    # Whoever answers for the community alone never receives what it files.
    for who in ("community_worker", "secretary"):
        assert code_of(ends.convention_receive, actor=getattr(cast, who), **receive) == (
            "convention.not_yours_to_receive"
        )
    assert code_of(ends.convention_receive, actor=cast.outsider, **receive) == "not_found"
    officer = cast.street_officer
    back: dict[str, Any] = {"actor": officer, "convention_id": row.pk}
    assert code_of(ends.convention_send_back, reason=" ", **back) == "convention.reason"
    ends.convention_send_back(reason="缺少会议记录", **back)
    assert owed(row) == ["convention.file"]
    ends.convention_submit(**call)
    for values, code in (
        ({"number": " "}, "convention.number"),
        ({"day": clock.today() - DAY}, "convention.day"),
        ({"day": clock.today() + DAY}, "convention.day"),
    ):
        assert code_of(ends.convention_receive, actor=officer, **receive | values) == code
    filed = ends.convention_receive(actor=officer, **receive)
    assert (filed.state, filed.filed_number, filed.in_time, owed(row)) == ("filed", "东备〔2026〕1号", True, [])
    assert code_of(ends.convention_receive, actor=officer, **receive) == "convention.state"


def test_what_is_submitted_after_its_day_was_not_filed_in_time(cast: Cast) -> None:
    row = published(cast)
    with clock.frozen(clock.now() + 15 * DAY):
        ends.convention_submit(actor=SYSTEM, convention_id=row.pk)
        call: dict[str, Any] = {"convention_id": row.pk, "number": "1", "day": clock.today()}
        assert ends.convention_receive(actor=cast.street_officer, **call).in_time is False


def test_the_next_edition_supersedes_once_it_is_published(cast: Cast) -> None:
    first = submitted(cast)
    worker = cast.community_worker
    call: dict[str, Any] = {"actor": worker, "convention_id": first.pk}
    assert (
        code_of(operations.convention_draft, actor=worker, place_id=first.place_id, sketch=Sketch(first.title, TEXT))
        == "convention.twice"
    )
    second = operations.convention_amend(**call)
    assert (second.edition, second.previous_id, second.clauses.count()) == (2, first.pk, 3)
    assert code_of(operations.convention_amend, **call) == "convention.twice"
    sketch = Sketch("别的名字", "晚上九点半后降低音量。", purpose="老人多")
    operations.convention_write(actor=worker, convention_id=second.pk, version=second.version, sketch=sketch)
    second.refresh_from_db()
    assert (second.title, second.purpose) == (first.title, "老人多")
    operations.convention_open(actor=worker, convention_id=second.pk, until=clock.today() + 7 * DAY)
    with clock.frozen(clock.now() + 8 * DAY):
        ends.convention_put(actor=worker, convention_id=second.pk)
        chosen = Adoption("poll", poll(cast).pk)
        ends.convention_adopt(actor=worker, convention_id=second.pk, adoption=chosen)
        first.refresh_from_db()
        assert first.state == "submitted"
        ends.convention_publish(actor=worker, convention_id=second.pk)
    first.refresh_from_db()
    assert (first.state, owed(first), owed(second)) == ("superseded", [], ["convention.file"])
    assert code_of(operations.convention_amend, **call) == "convention.not_in_force"
    repeal: dict[str, Any] = {"actor": worker, "convention_id": second.pk}
    assert code_of(operations.convention_repeal, reason="", **repeal) == "convention.reason"
    operations.convention_repeal(reason="社区合并", **repeal)
    assert (owed(second), code_of(operations.convention_repeal, reason="再来", **repeal)) == ([], "convention.state")


def test_ledgers_tell_of_conventions_from_before(cast: Cast) -> None:
    place, day = cast.places["community"].pk, clock.today() - 90 * DAY
    row = {"title": "居民公约", "place": place, "kind": "residents", "adopted": day, "due": 50, "came": 40}
    (pk,) = convention_record_many(actor=SYSTEM, rows=[{**row, "votes_for": 39}])
    held = Convention.objects.get(pk=pk)
    assert (held.state, held.drafted_on, held.votes_for) == ("adopted", day, 39)
    filed = {**row, "filed": day + DAY, "filed_number": "备1", "file_by": day + 14 * DAY}
    assert convention_record_many(actor=SYSTEM, rows=[filed]) == [pk]
    held.refresh_from_db()
    assert (held.state, held.filed_number, held.file_by) == ("filed", "备1", day + 14 * DAY)
    assert conventions_refused(rows=[{"title": "甲"}, {**row, "votes_for": 41}, row]) == {
        0: "convention.undated",
        1: "convention.numbers",
    }
    # What is made here keeps its state, whatever a ledger says.
    made = drafted(cast)
    assert convention_record_many(actor=SYSTEM, rows=[{**filed, "title": made.title}]) == [made.pk]
    made.refresh_from_db()
    assert (made.state, made.filed_on, made.file_by) == ("draft", None, None)
