"""The site of a community: what is public of it on one page, for people and for search engines."""

import json
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from pytest_django import DjangoAssertNumQueries

from linli.accounts.testing import Cast
from linli.activities.tests.held import activity_made, programme_made
from linli.brochures.tests.written import issued
from linli.core import clock
from linli.deliberation.tests.agreed import published
from linli.emergencies.tests.alarmed import active
from linli.notices.tests import told
from linli.publishing.models import Publication
from linli.territory.models import Place
from linli.venues.tests.opened import venue
from linli.web.site_views import ALONE

pytestmark = pytest.mark.django_db
CODE = "990901001001"


def filled(cast: Cast, many: int) -> None:
    """A community with so much of each kind."""
    place, today = cast.places["community"], clock.today()
    shown = {"place": place, "posted": clock.now(), "posted_on": today, "up_until": today, "posted_by": "x"}
    for number in range(many):
        Publication.objects.create(title=f"公示{number}</script><b>", text="三户", **shown)
        Publication.objects.create(title=f"内部{number}", audience="residents", item=f"x{number}", **shown)
        venue(cast, name=f"服务站{number}")
        activity_made(cast, joinable=True, content=f"活动{number}")
        issued(cast)
        told.published(cast, text=told.text(title=f"停水{number}"))


def test_a_site_shows_what_is_public_and_its_links_lead_somewhere(cast: Cast) -> None:
    with clock.frozen("2026-03-02T10:00"):
        filled(cast, 1)
        published(cast)
        active(cast)
        programme = programme_made(cast)
        row = activity_made(cast, joinable=True, programme_id=programme.pk)
        # What was never for everybody stays inside.
        activity_made(cast, joinable=False, programme_id=programme_made(cast, title="支委学习").pk)
        visitor = Client()
        for code, level in ((CODE, "community"), ("990901001", "street"), ("990901", "county")):
            page = visitor.get(f"/public/places/{code}/")
            assert page.status_code == 200
            assert page.context["site"].division.level == level
            for _label, url in page.context["site"].links:
                assert visitor.get(url).status_code == 200, url
        page = visitor.get(f"/public/places/{CODE}/")
        assert [(item.pk, ahead.pk) for item, ahead in page.context["site"].programmes] == [(programme.pk, row.pk)]
        text = page.content.decode()
        assert [row.reason for row in page.context["site"].emergencies] == ["暴雨"]
        assert [row.title for row in page.context["site"].told] == ["停水0"]
        assert "内部0" not in text
        assert "公示0&lt;/script&gt;" in text
        assert all(word in text for word in ("服务站0", "活动0", "郑小禾", "居民公约", 'rel="canonical"'))
        data = json.loads(re.search(r'ld\+json">(.*?)</script>', text, re.DOTALL)[1])  # type: ignore[index]
        assert (data["@type"], data["areaServed"]["identifier"]) == ("GovernmentOffice", CODE)
        assert data["openingHoursSpecification"][0]["opens"] < data["openingHoursSpecification"][0]["closes"]
        assert visitor.get(f"/public/places/{CODE}/", headers={"Accept-Language": "en"}).status_code == 200
    for code in ("x", "CX101", "99"):
        assert visitor.get(f"/public/places/{code}/").status_code == 404


def test_nothing_ends_the_block_of_data_early(cast: Cast) -> None:
    Place.objects.filter(code=CODE).update(name="春晓</script><script>alert(1)</script>")
    text = Client().get(f"/public/places/{CODE}/").content.decode()
    assert "<script>alert" not in text


def test_a_site_asks_the_same_for_much(cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    with clock.frozen("2026-03-02T10:00"):
        filled(cast, 8)
        visitor = Client()
        visitor.get(f"/public/places/{CODE}/")
        for code in (CODE, "990901"):
            with django_assert_max_num_queries(28):
                assert visitor.get(f"/public/places/{code}/").status_code == 200


def test_search_engines_find_what_is_public_and_nothing_that_is_somebodys_own(cast: Cast) -> None:
    with clock.frozen("2026-03-02T10:00"):
        filled(cast, 1)
        found = Client().get("/sitemap.xml")
        text = found.content.decode()
        assert f"/public/places/{CODE}/" in text
        assert text.count("/public/disclosure/notices/") == 1
        for address in re.findall(r"<loc>http://testserver(.*?)</loc>", text):
            assert Client().get(address).status_code == 200, address
        again = Client().get("/sitemap.xml", headers={"If-None-Match": found["ETag"]})
        assert again.status_code == 304
    robots = Client().get("/robots.txt").content.decode()
    assert "Disallow: /\n" in robots
    assert "Sitemap: http://testserver/sitemap.xml" in robots
    # Whatever is reached by a token is somebody's own, whoever adds such an address.
    own = [address for address in addresses(get_resolver()) if address.startswith("public/") and "token" in address]
    assert own
    assert [address for address in own if not address.startswith(tuple(f"public/{path}/" for path in ALONE))] == []


def addresses(resolver: URLResolver, before: str = "") -> Any:
    """Every address that the resolver knows."""
    for item in resolver.url_patterns:
        if isinstance(item, URLPattern):
            yield before + str(item.pattern)
        else:
            yield from addresses(item, before + str(item.pattern))
