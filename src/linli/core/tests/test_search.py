"""Search on PostgreSQL itself: substrings of Chinese, rare characters, single ones, words, and mixtures."""

from collections.abc import Iterator

import pytest
from django.contrib.postgres.search import SearchVectorField
from django.db import connection, models
from django.test.utils import isolate_apps
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linli.core import search
from linli.core.testing.databases import make_temporary_table

pytestmark = pytest.mark.django_db


@pytest.fixture
def page() -> Iterator[type[models.Model]]:
    with isolate_apps("linli.core"):

        class Page(models.Model):
            search = SearchVectorField()

            class Meta:
                app_label = "core"

        make_temporary_table(Page)
        yield Page


def finds(query: str, *texts: str) -> bool:
    with connection.cursor() as cursor:
        written = [search.vector(*texts), search.query(query).written]
        cursor.execute("SELECT %s::tsvector @@ %s::tsquery", written)
        return bool(cursor.fetchone()[0])


@pytest.mark.parametrize(
    ("query", "text", "found"),
    [
        # Two characters anywhere, also across what a dictionary would call a word border.
        ("小区", "幸福小区三号楼", True),
        ("福小", "幸福小区三号楼", True),
        ("小福", "幸福小区三号楼", False),
        ("幸福小区三号楼", "幸福小区三号楼", True),
        ("幸福小区", "幸福，小区", False),
        ("幸福，小区", "幸福，小区", True),
        # All pairs being there is not enough: they must follow one another.
        ("幸福小", "福小幸福", False),
        # One character: first, middle, last, alone.
        ("幸", "幸福里", True),
        ("福", "幸福里", True),
        ("里", "幸福里", True),
        ("井", "井", True),
        ("井", "幸福里", False),
        # Rare characters beyond the first plane, and compatibility forms.
        ("𠮷", "山𠮷村", True),
        ("𠮷村", "山𠮷村", True),
        ("山𠮷", "山𠮷村", True),
        ("吉村", "山𠮷村", False),
        ("〇一", "二〇一室", True),
        ("聞", "見聞", True),
        # Latin words and digits: any case and width, whole, the last by its beginning.
        ("wifi", "社区WiFi故障", True),
        ("ＷＩＦＩ故障", "社区wifi故障", True),
        ("故障wifi", "社区wifi故障", False),
        ("wif", "社区WiFi故障", True),
        ("ifi", "社区WiFi故障", False),
        ("3栋", "幸福小区3栋2单元501", True),
        ("小区3栋", "幸福小区3栋2单元501", True),
        ("区3", "幸福小区3栋2单元501", True),
        ("3栋2单元50", "幸福小区3栋2单元501", True),
        ("3栋", "幸福小区13栋", False),
        ("2026-00", "编号 2026-0017", True),
        # Spaces join with "and", in any order.
        ("三号楼 幸福", "幸福小区三号楼", True),
        ("三号楼 和谐", "幸福小区三号楼", False),
        # Nothing to find finds nothing; quotes and operators are only text.
        ("", "幸福", False),
        ("，！ ", "幸福", False),
        ("'幸福' | !x:*\\", "幸福", False),
        ("幸福'", "幸福", True),
    ],
)
def test_examples(query: str, text: str, found: bool) -> None:
    assert finds(query, text) is found


def test_no_phrase_crosses_two_texts_but_words_of_both_are_found() -> None:
    assert not finds("小区水管", "幸福小区", "水管破裂")
    assert not finds("3栋", "楼3", "栋长")
    assert finds("小区 水管", "幸福小区", "水管破裂")


@given(text=st.text("幸福小区里𠮷", max_size=12), part=st.text("幸福小区里𠮷", min_size=1, max_size=4))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_chinese_is_found_exactly_as_a_substring(text: str, part: str) -> None:
    assert finds(part, text) is (part in text)


@given(text=st.text(max_size=40), query=st.text(max_size=10))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_can_be_stored_and_asked(text: str, query: str) -> None:
    finds(query, text)
    whole = "".join(search.bigrams(text).split())
    assert finds(text, text) is bool(whole)


def test_bigrams_are_pairs_and_the_last_character() -> None:
    assert search.bigrams("幸福里3栋 WiFi") == "幸福 福里 里 3 栋 wifi"
    assert search.bigrams("𠮷") == "𠮷"
    assert search.bigrams("") == ""


def test_a_very_long_text_is_searched_up_to_the_limit() -> None:
    long = "".join(chr(0x4E00 + n % 900) for n in range(30_000))
    assert finds(long[5000:5010], long + "终")
    assert not finds("终", long + "终")
    assert finds("x" * 3000, "x" * 3000)


def test_the_field_takes_the_value_in_every_way_a_row_is_written(page: type[models.Model]) -> None:
    rows = page._default_manager
    one = rows.create(search=search.vector("幸福小区"))
    rows.bulk_create([page(search=search.vector("和谐里")), page(search=search.vector("𠮷祥里"))])
    assert rows.filter(search=search.query("福小")).get() == one
    assert rows.filter(search=search.query("里")).count() == 2
    rows.filter(pk=one.pk).update(search=search.vector("平安里"))
    assert rows.filter(search=search.query("里")).count() == 3
    assert rows.exclude(search=search.query("𠮷祥")).count() == 2
