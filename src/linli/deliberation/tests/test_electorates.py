"""Who may vote: lists of owners and residents become heads, wrong rows are named, proxies have their limits."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from pytest_django import Settings

from linli.accounts.testing import Cast
from linli.core.actors import VISITOR
from linli.core.errors import DomainError
from linli.deliberation.models import Elector, PollRight
from linli.deliberation.operations import ballots, electorates, polls
from linli.deliberation.operations.electorates import Right
from linli.deliberation.tests.voting import (
    closed,
    code_of,
    codes,
    opened,
    people,
    sketch,
    units,
    vote,
    while_open,
)

pytestmark = pytest.mark.django_db


def test_one_owner_of_several_units_is_one_head_and_so_is_the_developer(cast: Cast) -> None:
    rights = [
        Right(2, "王一", "1-1", Decimal("88.50"), phone="10000000001"),
        Right(3, "王一", "1-2", Decimal("61.25"), phone="100 0000 0001"),
        Right(4, "李二", "1-3", Decimal(90)),
        Right(5, "某开发公司", "1-4", Decimal(100), developer=True),
        Right(6, "某开发公司销售部", "1-5", Decimal(120), developer=True),
    ]
    worker = cast.community_worker
    poll = polls.poll_create(actor=worker, sketch=sketch(cast))
    electorates.electorate_enter(actor=worker, poll_id=poll.pk, rights=rights)
    found = list(poll.electors.order_by("number").values_list("kind", "area"))
    assert found == [("owner", Decimal("149.75")), ("owner", Decimal(90)), ("developer", Decimal(220))]
    assert poll.rights.count() == 5
    # A list that is entered again takes the place of the first.
    electorates.electorate_enter(actor=worker, poll_id=poll.pk, rights=units(2))
    assert (poll.electors.count(), poll.rights.count()) == (2, 2)


def test_a_list_with_wrong_rows_says_which_and_changes_nothing(cast: Cast) -> None:
    poll = polls.poll_create(actor=cast.community_worker, sketch=sketch(cast))
    wrong = [
        *units(2),
        Right(7, "王一", "1－1", Decimal(80), key="Z1"),
        Right(8, "王一", "1-9", Decimal(0), key="Z2"),
        Right(9, "赵三", "1-10", Decimal(80)),
        Right(10, "赵三", "1-11", Decimal(80)),
        Right(11, "别人", "1-12", Decimal(80), key="Y1"),
        Right(12, "", "1-13", Decimal(80), key="Z3"),
        Right(13, "钱四"),
    ]
    with pytest.raises(DomainError) as caught:
        electorates.electorate_enter(actor=cast.community_worker, poll_id=poll.pk, rights=wrong)
    assert caught.value.code == "poll.electorate"
    rows = [str(fault).split(":")[0].split("：")[0] for fault in caught.value.facts["faults"]]
    assert len(rows) == 7
    assert not Elector.objects.exists()
    assert not PollRight.objects.exists()


def test_residents_who_stand_there_twice_are_refused_and_those_with_posts_are_found(cast: Cast) -> None:
    worker = cast.community_worker
    poll = polls.poll_create(actor=worker, sketch=sketch(cast, rule="majority", place_id=cast.places["community"].pk))
    twice = [*people(3), replace(people(1)[0], row=9)]
    enter_list = electorates.electorate_enter
    assert code_of(lambda: enter_list(actor=worker, poll_id=poll.pk, rights=twice)) == "poll.electorate"
    electorates.electorate_from_posts(actor=worker, poll_id=poll.pk, kind="community_worker")
    assert set(poll.electors.values_list("person_id", flat=True)) == {
        cast.posts["community_worker"].person_id,
        cast.posts["second_worker"].person_id,
    }
    refused = code_of(lambda: electorates.electorate_from_posts(actor=worker, poll_id=poll.pk, kind="street_officer"))
    assert refused == "poll.electorate"


def test_a_proxy_votes_for_another_with_the_paper_and_within_the_limit(
    cast: Cast, settings: Settings, tmp_path: Any
) -> None:
    settings.DATA = tmp_path
    poll, _keys = opened(cast, sketch(cast), units(5))
    printed = codes(cast, poll)

    def proxy(giver: int, holder: int, content: bytes = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF") -> object:
        return electorates.proxy_record(
            actor=cast.community_worker,
            poll_id=poll.pk,
            giver=giver,
            holder=holder,
            stream=BytesIO(content),
            name="委托书.pdf",
        )

    with while_open():
        proxy(1, 2)
        proxy(3, 2)
        refused = [
            code_of(lambda: proxy(4, 2)),
            code_of(lambda: proxy(2, 4)),
            code_of(lambda: proxy(1, 4)),
            code_of(lambda: proxy(4, 1)),
            code_of(lambda: proxy(4, 4)),
            code_of(lambda: proxy(4, 5, b"MZ\x90\x00 no paper")),
        ]
        assert refused == ["poll.proxy_limit", "poll.proxy", "poll.proxy", "poll.proxy", "poll.proxy", "file.type"]
        giver = poll.electors.get(number=1)
        assert code_of(lambda: vote(poll, printed[0], 0)) == "poll.proxy"
        strange = poll.electors.get(number=4)
        for elector, code in ((strange, "not_found"), (giver, ""), (giver, "poll.voted")):
            held: Callable[[], object] = lambda elector=elector: ballots.ballot_cast(  # type: ignore[misc]  # noqa: E731
                actor=VISITOR, poll_id=poll.pk, code=printed[1], elector_id=elector.pk, choices=[0]
            )
            assert (code_of(held) if code else held()) == code
        vote(poll, printed[1], 1)
    assert closed(cast, poll).present == 2
