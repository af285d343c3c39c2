"""Alerts: raised once by their rules, recoloured, damped, ended; answered by whose they are; two checks at once."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from pydantic import ValidationError
from pytest_django import Settings

from linli.accountability.alert_section import AlertRule, faults
from linli.accountability.models import Alert
from linli.accountability.operations import alerts as operations
from linli.accountability.operations.alerts import alerts_check
from linli.accountability.policies.alerts import alerts_visible_to
from linli.accountability.queries.alerting import said, units
from linli.accountability.queries.alerts import tried
from linli.accounts.testing import Cast
from linli.core import clock
from linli.core.actors import SYSTEM
from linli.core.errors import DomainError
from linli.core.models import Entry, WorkItem
from linli.core.work import colour_of
from linli.messaging.models import Message
from linli.organizations.models import Post
from linli.records import profiles
from linli.records.figures import compute
from linli.records.figures.compile import Scope
from linli.records.operations.profiles import content_apply
from linli.records.tests.test_import_pages import signed_in
from linli.records.tests.writing_at_random import AT, Town, open_book
from linli.territory.models import Place

pytestmark = pytest.mark.django_db
RULE: dict[str, Any] = {
    "code": "overdue",
    "label": "超期积压",
    "work": "finding.",
    "each": "community",
    "bands": {"yellow": 1, "orange": 3, "red": 5},
    "owner": "community_secretary",
    "reason": "过了时限",
    "next": "先办最早的",
    "calm_days": 3,
}
DAY = date(2026, 6, 1)


def with_rules(*rules: dict[str, Any]) -> None:
    content_apply(actor=SYSTEM, content=lambda held: {**held, "alerts": {"alerts": list(rules)}})


def late(place: Place, count: int) -> None:
    """Exactly so many work items are overdue at a place."""
    WorkItem.objects.filter(kind="finding.rectify", place_id=place.pk).delete()
    past = clock.now() - timedelta(days=1)
    WorkItem.objects.bulk_create(
        WorkItem(
            kind="finding.rectify",
            subject_type="finding",
            subject_id=number,
            title="x",
            place_id=place.pk,
            raised=past,
            due=past,
        )
        for number in range(count)
    )


@pytest.fixture
def place(cast: Cast, settings: Settings) -> Place:
    settings.SECOND_FACTOR_REQUIRED = False
    with_rules(RULE)
    return cast.places["community"]


def told() -> int:
    return Message.objects.filter(kind="alert.raised").count()


def test_nothing_is_raised_while_all_is_green(place: Place) -> None:
    done = alerts_check(at=DAY)
    assert (done.rules, done.raised, done.open) == (1, 0, 0)


def test_an_alert_is_raised_once_with_its_holder_work_and_message(place: Place, cast: Cast) -> None:
    late(place, 3)
    assert alerts_check(at=DAY).raised == 1
    alert = Alert.objects.get()
    assert (alert.colour, alert.value, alert.place_id, alert.state) == ("orange", Decimal(3), place.pk, "open")
    assert alert.holder_id == cast.posts["secretary"].pk
    item = WorkItem.objects.get(kind="alert.answer", ended=None)
    assert (item.subject_id, item.post_id, item.place_id) == (alert.pk, alert.holder_id, place.pk)
    assert colour_of(item) == "orange"
    assert Message.objects.get(kind="alert.raised").user_id == cast.users["secretary"].pk
    for day in (DAY, DAY + timedelta(days=1)):
        again = alerts_check(at=day)
        assert (again.raised, again.worse, again.better, again.ended) == (0, 0, 0, 0)
    assert (told(), Alert.objects.count(), WorkItem.objects.filter(kind="alert.answer").count()) == (1, 1, 1)
    assert Entry.objects.filter(operation__startswith="alert.").count() == 1


def test_what_gets_worse_is_told_again_and_is_open_again(place: Place, cast: Cast) -> None:
    late(place, 1)
    alerts_check(at=DAY)
    alert = Alert.objects.get()
    operations.alert_settle(actor=cast.secretary, alert_id=alert.pk, note="已催办")
    assert not WorkItem.objects.filter(kind="alert.answer", ended=None).exists()
    alerts_check(at=DAY)
    assert (told(), Alert.objects.get().state) == (1, "settled")
    late(place, 5)
    assert alerts_check(at=DAY).worse == 1
    alert = Alert.objects.get()
    assert (alert.colour, alert.state, told()) == ("red", "open", 2)
    assert colour_of(WorkItem.objects.get(kind="alert.answer", ended=None)) == "red"


def test_a_better_colour_counts_only_when_it_lasts(place: Place) -> None:
    late(place, 5)
    alerts_check(at=DAY)
    # Flapping: two days of green, one of red, again and again, is one alert and one message.
    for day in range(1, 10):
        late(place, 5 if day % 3 == 0 else 0)
        alerts_check(at=DAY + timedelta(days=day))
    alert = Alert.objects.get()
    assert (alert.colour, alert.state, told()) == ("red", "open", 1)
    late(place, 1)
    for day in range(20, 24):
        alerts_check(at=DAY + timedelta(days=day))
    assert (Alert.objects.get().colour, told()) == ("yellow", 1)
    assert colour_of(WorkItem.objects.get(kind="alert.answer", ended=None)) == "yellow"


def test_it_ends_by_itself_when_green_has_lasted(place: Place) -> None:
    late(place, 3)
    alerts_check(at=DAY)
    late(place, 0)
    ended = [alerts_check(at=DAY + timedelta(days=day)).ended for day in range(1, 5)]
    alert = Alert.objects.get()
    assert (ended, alert.state, bool(alert.ended)) == ([0, 0, 0, 1], "ended", True)
    assert not WorkItem.objects.filter(kind="alert.answer", ended=None).exists()
    late(place, 1)
    assert alerts_check(at=DAY + timedelta(days=9)).raised == 1
    assert Alert.objects.count() == 2


def test_a_rule_that_is_gone_ends_its_alerts(place: Place) -> None:
    late(place, 3)
    alerts_check(at=DAY)
    with_rules({**RULE, "code": "other", "bands": {"red": 90}})
    assert alerts_check(at=DAY).ended == 1


def test_an_alert_goes_on_to_who_answers_when_its_holder_has_left(place: Place, cast: Cast) -> None:
    late(place, 3)
    alerts_check(at=DAY)
    left = cast.posts["secretary"]
    Post.objects.filter(pk=left.pk).update(until=clock.today())
    alerts_check(at=DAY)
    alert = Alert.objects.get()
    assert alert.holder_id not in (None, left.pk)
    item = WorkItem.objects.get(kind="alert.answer", ended=None)
    assert (item.post_id, told()) == (alert.holder_id, 2)
    alerts_check(at=DAY)
    assert (told(), Alert.objects.get().holder_id) == (2, alert.holder_id)


def test_an_earlier_day_changes_nothing(place: Place) -> None:
    late(place, 1)
    alerts_check(at=DAY)
    late(place, 5)
    assert alerts_check(at=DAY - timedelta(days=1)).worse == 0


def test_a_figure_alerts_by_unit_and_few_say_nothing(place: Place) -> None:
    def added(held: Any) -> Any:
        figures = [
            {"id": "all", "of": "grid", "label": "全部网格"},
            {"id": "part", "label": "比例", "share": {"of": "all", "where": {"level": 9}}},
        ]
        rule = {key: value for key, value in RULE.items() if key != "work"}
        low = {**rule, "figure": "part", "worse": "low", "bands": {"yellow": 50, "red": 10}}
        few = {**low, "code": "few", "least": 1000}
        return {**held, "figures": {"figures": figures}, "alerts": {"alerts": [low, few]}}

    content_apply(actor=SYSTEM, content=added)
    alerts_check(at=clock.today())
    assert set(Alert.objects.values_list("rule", flat=True)) == {"overdue"}
    # Places without any grid have nothing to go by: not collected is neither green nor red.
    assert set(Alert.objects.values_list("colour", "value")) == {("red", Decimal(0))}
    rule, said = tried("overdue", clock.today())
    assert {item.place.pk for item in said if item.known} == set(Alert.objects.values_list("place_id", flat=True))
    assert rule.worse == "low"
    assert any(not item.known for item in said) or len(said) == Alert.objects.count()


@pytest.mark.parametrize(
    ("verb", "facts", "who", "code"),
    [
        ("acknowledge", {}, "community_worker", "alert.not_yours"),
        ("settle", {"note": "好"}, "street_officer", "alert.not_yours"),
        ("settle", {"note": " "}, "secretary", "alert.note_missing"),
        ("settle", {"note": "x" * 1001}, "secretary", "alert.note_long"),
        ("acknowledge", {}, "outsider", "not_found"),
        ("acknowledge", {}, "grid_worker", "not_found"),
    ],
)
def test_who_may_not_answer_is_refused(
    place: Place, cast: Cast, verb: str, facts: dict[str, str], who: str, code: str
) -> None:
    late(place, 3)
    alerts_check(at=DAY)
    do = getattr(operations, f"alert_{verb}")
    with pytest.raises(DomainError) as refused:
        do(actor=getattr(cast, who), alert_id=Alert.objects.get().pk, **facts)
    assert refused.value.code == code
    assert Alert.objects.get().state == "open"


def test_it_is_taken_in_hand_once_and_then_settled(place: Place, cast: Cast) -> None:
    late(place, 3)
    alerts_check(at=DAY)
    alert = Alert.objects.get()
    operations.alert_acknowledge(actor=cast.secretary, alert_id=alert.pk)
    assert WorkItem.objects.filter(kind="alert.answer", ended=None).exists()
    with pytest.raises(DomainError):
        operations.alert_acknowledge(actor=cast.secretary, alert_id=alert.pk)
    operations.alert_settle(actor=cast.secretary, alert_id=alert.pk, note="已处理")
    alert.refresh_from_db()
    assert (alert.state, alert.note, alert.answered_by) == ("settled", "已处理", cast.secretary.key)


def test_pages_are_for_those_who_see_it(place: Place, cast: Cast, client: Client) -> None:
    late(place, 3)
    alerts_check(at=DAY)
    pk = Alert.objects.get().pk
    page, do = reverse("alerts:alert", args=[pk]), reverse("alerts:do", args=[pk, "settle"])
    for who, mine, status in (
        ("secretary", True, 200),
        ("community_worker", False, 200),
        ("grid_worker", False, 404),
        ("outsider", False, 404),
    ):
        signed_in(cast, client, who)
        answer = client.get(page)
        assert answer.status_code == status, who
        seen = Alert.objects.filter(alerts_visible_to(cast.again(who)), pk=pk).exists()
        assert seen == (status == 200)
        if status == 200:
            assert bool(answer.context["page"].verbs) == mine
        client.logout()
    signed_in(cast, client, "secretary")
    listed = client.get(reverse("alerts:list"), {"mine": ""}).context["lines"]
    assert [(line.alert.pk, line.mine) for line in listed] == [(pk, True)]
    assert client.get(reverse("alerts:list"), {"colour": "red"}).context["lines"] == []
    assert client.post(do, {"note": "已办"}).status_code == 302
    assert Alert.objects.get().state == "settled"
    assert client.get(reverse("alerts:list"), {"ended": ""}).context["lines"] == []


def test_the_list_asks_few_questions(
    place: Place, cast: Cast, client: Client, django_assert_max_num_queries: Any
) -> None:
    with_rules({**RULE, "bands": {"yellow": 0}})
    alerts_check(at=DAY)
    assert Alert.objects.count() > 1
    signed_in(cast, client, "leader")
    client.get(reverse("alerts:list"))
    with django_assert_max_num_queries(10):
        client.get(reverse("alerts:list"))


def test_trying_a_rule_writes_nothing_and_is_for_those_who_define_figures(
    place: Place, cast: Cast, client: Client
) -> None:
    late(place, 5)
    address = reverse("alerts:rules")
    signed_in(cast, client, "leader")
    said = client.get(address, {"try": "overdue"}).context["tried"][1]
    assert {item.place.pk: item.colour for item in said}[place.pk] == "red"
    assert client.get(address, {"try": "nothing"}).status_code == 404
    assert (Alert.objects.count(), told()) == (0, 0)
    client.logout()
    signed_in(cast, client, "community_worker")
    assert client.get(address, {"try": "overdue"}).context["tried"] is None


def test_the_command_prints_what_was_done(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    late(place, 1)
    call_command("alerts", "check", json=True)
    assert '"raised": 1' in capsys.readouterr().out


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"owner": "nobody"}, "owner"),
        ({"work": "nothing."}, "work"),
        ({"work": "", "figure": "nothing"}, "figure"),
        # That little is reported is no ground for an alert: nobody is driven to report more (R16).
        ({"work": "", "figure": "reports", "worse": "low", "bands": {"red": 1}}, "figure"),
    ],
)
def test_a_faulty_rule_is_refused(place: Place, changes: dict[str, Any], key: str) -> None:
    figures = {"figures": [{"id": "reports", "label": "诉求", "of": "case"}]}
    content = {**profiles.content_in_force(), "figures": figures}
    wrong = {**content, "alerts": {"alerts": [{**RULE, **changes}]}}
    assert [fault.key for fault in faults(wrong)] == [f"alerts.0.{key}"]
    assert faults({**content, "alerts": {"alerts": [RULE]}}) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"bands": {}},
        {"bands": {"yellow": 3, "red": 1}},
        {"worse": "low"},
        {"figure": "matters"},
        {"work": ""},
        {"each": "person"},
    ],
)
def test_a_senseless_rule_has_no_form(changes: dict[str, Any]) -> None:
    assert AlertRule.model_validate(RULE).colour(Decimal(4)) == "orange"
    with pytest.raises(ValidationError):
        AlertRule.model_validate({**RULE, **changes})


@pytest.mark.parametrize("each", ["street", "community"])
def test_a_rule_asks_for_all_units_at_once_and_says_what_each_alone_would(
    db: None, each: str, django_assert_max_num_queries: Any
) -> None:
    book, town = open_book(), Town(7)
    for _n in range(40):
        town.write()
    for code in ("t.year", "t.share", "t.rate", "t.mean", "t.days", "t.places", "t.whistles", "t.change"):
        rule = AlertRule.model_validate({**RULE, "work": "", "figure": code, "each": each})
        # The units; which sums there are; two queries for each side of a share or rate.
        with django_assert_max_num_queries(8 if code != "t.change" else 40):
            found = said(rule, AT, book)
        assert [item.place for item in found] == list(units(each))
        for item in found:
            alone = compute.value_of(book[code], AT, Scope(item.place.code, item.place.path), book)
            assert (item.value, item.denominator) == (alone.value, alone.denominator), (code, item.place)
