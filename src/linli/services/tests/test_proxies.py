"""An agent acts for a resident in one matter, until a day, and not after; copies of papers go, from the disk too."""

from typing import Any

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from linli.accounts.testing import Cast
from linli.core import clock, files
from linli.core.actors import VISITOR, Actor
from linli.core.errors import DomainError
from linli.core.models import Entry, FileRow
from linli.services import policies
from linli.services.models import Proxy, ProxyCopy, ServiceRequest
from linli.services.operations import proxies, requests
from linli.services.tests.served import DAY, SEEN, acted, asked, code_of, item, picture, taken, wish

pytestmark = pytest.mark.django_db


def file_it(actor: Actor, row: ServiceRequest, papers: tuple[str, ...] = SEEN) -> str:
    """Take a request in; gives the code of what refuses it."""
    return code_of(requests.request_complete, actor=actor, request_id=row.pk, seen_papers=papers)


def content_of(copy: ProxyCopy) -> str:
    """What the file of a copy holds."""
    assert copy.file
    return copy.file.sha256


def proxy_of(row: ServiceRequest) -> Proxy:
    """The proxy as it is in the table."""
    return Proxy.objects.get(request=row)


def test_a_resident_lets_an_agent_act_and_sees_each_step(cast: Cast) -> None:
    receipt = asked(cast)
    row, address = receipt.request, policies.address_of(receipt.request)
    assert file_it(cast.community_worker, row) == "proxy.none"
    accept = {"request_id": row.pk}
    assert code_of(proxies.proxy_accept, actor=cast.outsider, **accept) == "not_found"
    assert code_of(proxies.proxy_accept, actor=cast.department_handler, **accept) == "request.not_yours"
    assert code_of(proxies.proxy_accept, actor=cast.community_worker, **accept) == ""
    assert code_of(proxies.proxy_accept, actor=cast.second_worker, **accept) == "proxy.taken"
    assert file_it(cast.second_worker, row) == "proxy.not_agent"
    assert file_it(cast.community_worker, row) == ""
    requests.request_start(actor=cast.department_handler, request_id=row.pk)
    requests.request_report(actor=cast.community_worker, request_id=row.pk, words="已交供电所，周五出结果")
    requests.request_finish(actor=cast.department_handler, request_id=row.pk, words="已办好")
    requests.request_hand_over(actor=cast.community_worker, request_id=row.pk, words="送到家里")
    proxy = proxy_of(row)
    assert (proxy.state, proxy.why, proxy.agent_id) == ("ended", "done", cast.community_worker.person_id)
    requests.request_rate(actor=VISITOR, address=address, solved=True, satisfied=5, remark="谢谢")
    assert [step.verb for step in row.passed.order_by("pk")] == [
        *("ask", "accept", "take", "start", "report", "finish", "hand_over", "rate")
    ]


def test_a_paper_that_was_signed_makes_an_agent_at_once(cast: Cast) -> None:
    row = taken(cast, seen=(), proxy_until=clock.today() + DAY, door="visit")
    proxy = proxy_of(row)
    assert (row.state, proxy.how, proxy.state) == ("asked", "paper", "given")
    assert proxy.agent_id == cast.community_worker.person_id
    full = taken(cast, row.item, proxy_until=clock.today(), door="visit")
    assert (full.state, proxy_of(full).state) == ("taken", "given")
    assert file_it(cast.community_worker, row, SEEN[:1]) == "request.papers"
    assert file_it(cast.community_worker, row) == ""


@pytest.mark.parametrize(("days", "code"), [(0, ""), (30, ""), (31, "proxy.until"), (-1, "proxy.until")])
def test_a_proxy_lasts_no_longer_than_the_profile_says(cast: Cast, days: int, code: str) -> None:
    assert code_of(asked, cast=cast, proxy_until=clock.today() + days * DAY) == code
    assert ServiceRequest.objects.exists() is (not code)


def test_what_one_must_do_oneself_has_no_proxy(cast: Cast) -> None:
    row = item(cast, by_proxy=False)
    assert code_of(asked, cast=cast, row=row) == "proxy.not_here"
    ask = wish(cast, row, door="visit", proxy_until=clock.today())
    assert code_of(requests.request_take, actor=cast.community_worker, ask=ask) == "proxy.not_here"


@pytest.mark.parametrize("end", ["expired", "withdrawn"])
def test_a_proxy_that_is_over_acts_no_more(cast: Cast, end: str) -> None:
    row = acted(cast)
    steps: list[dict[str, Any]] = [{"name": "照片", "content": picture()}]
    if end == "withdrawn":
        proxies.proxy_revoke(actor=VISITOR, address=policies.address_of(row))
        with pytest.raises(DomainError) as refused:
            proxies.proxy_revoke(actor=VISITOR, address=policies.address_of(row))
        assert refused.value.code == "proxy.none"
    with clock.frozen(clock.now() + (21 * DAY if end == "expired" else DAY)):
        add = {"actor": cast.community_worker, "request_id": row.pk, **steps[0]}
        # Also before the nightly look.
        assert code_of(proxies.copy_add, **add) == "proxy.over"
        assert proxies.proxies_check() == (1 if end == "expired" else 0)
        assert proxies.proxies_check() == 0
        assert (proxy_of(row).state, proxy_of(row).why) == ("ended", end)
        # The resident comes to the desk themselves, and anybody there takes it in.
        assert file_it(cast.second_worker, row) == ""


def test_an_expired_proxy_files_nothing_even_before_the_nightly_look(cast: Cast) -> None:
    row = acted(cast)
    with clock.frozen(clock.now() + 20 * DAY):
        assert policies.in_force(proxy_of(row))
    with clock.frozen(clock.now() + 21 * DAY):
        assert file_it(cast.community_worker, row) == "proxy.over"
        late = asked(cast, item(cast, label="另一项"), proxy_until=clock.today()).request
    with clock.frozen(clock.now() + 23 * DAY):
        assert code_of(proxies.proxy_accept, actor=cast.community_worker, request_id=late.pk) == "proxy.over"


def test_copies_are_seen_by_the_desk_and_leave_the_disk(
    cast: Cast, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    row = acted(cast)
    copy = ProxyCopy.objects.get()
    content = content_of(copy)
    assert proxies.copy_look(actor=cast.second_worker, copy_id=copy.pk).sha256 == content
    for role in ("department_handler", "outsider", "grid_worker", "leader", "auditor"):
        assert code_of(proxies.copy_look, actor=cast.actors[role], copy_id=copy.pk) == "not_found"
    requests.request_withdraw(actor=VISITOR, address=policies.address_of(row))
    for days, gone in ((2, False), (3, True)):
        with clock.frozen(clock.now() + days * DAY), django_capture_on_commit_callbacks(execute=True):
            proxies.proxies_check()
        assert files.present(content) is not gone
    copy.refresh_from_db()
    assert (copy.file_id, copy.deleted_on, FileRow.objects.filter(sha256=content).exists()) == (
        *(None, clock.today() + 3 * DAY, False),
    )
    assert code_of(proxies.copy_look, actor=cast.second_worker, copy_id=copy.pk) == "not_found"
    entry = Entry.objects.get(operation="proxy.delete_copies")
    assert (entry.subject_id, entry.facts) == (row.pk, {"copies": 1})


def test_a_file_that_another_matter_names_stays(
    cast: Cast, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    row = acted(cast)
    # Another resident's agent keeps the same picture.
    other = asked(cast, item(cast, label="另一项"), phone="10012345670").request
    proxies.proxy_accept(actor=cast.community_worker, request_id=other.pk)
    copy = proxies.copy_add(actor=cast.community_worker, request_id=other.pk, name="户口簿", content=picture())
    content = content_of(copy)
    requests.request_withdraw(actor=VISITOR, address=policies.address_of(row))
    with clock.frozen(clock.now() + 3 * DAY), django_capture_on_commit_callbacks(execute=True):
        proxies.proxies_check()
    assert (ProxyCopy.objects.filter(file=None).count(), files.present(content)) == (1, True)


def test_no_more_copies_than_are_needed(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    row = acted(cast)
    monkeypatch.setattr(proxies, "COPIES", 1)
    add = {"actor": cast.community_worker, "request_id": row.pk, "name": "照片", "content": picture(41)}
    assert code_of(proxies.copy_add, **add) == "proxy.copies"
