"""Stars by hours: the thresholds of the profile, attested service only, as of a day."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from linli.accounts.testing import Cast
from linli.activities.queries.stars import hours, stars_of
from linli.activities.stars_section import LEVELS, StarLevel, StarsSection
from linli.activities.tests.served import corrected, person_of, served
from linli.core.actors import SYSTEM
from linli.records.operations.profiles import content_apply


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("served_hours", "count", "following"),
    [
        (0, 0, 100),
        (99.9, 0, 100),
        (100, 1, 300),
        (299, 1, 300),
        (300, 2, 600),
        (600, 3, 1000),
        (1000, 4, 1500),
        (1500, 5, None),
        (9999, 5, None),
    ],
)
def test_hours_make_stars(cast: Cast, served_hours: float, count: int, following: int | None) -> None:
    person = person_of(cast.building_head)
    served(person, cast.places["community"], int(served_hours * 60), date(2026, 3, 1))
    found = stars_of(person.pk)
    assert (found.count, found.following and found.following.hours) == (count, following)


@pytest.mark.django_db
def test_only_what_was_attested_by_the_day_counts(cast: Cast) -> None:
    person = person_of(cast.building_head)
    home = cast.places["community"]
    first = served(person, home, 6000, date(2026, 3, 1))
    served(person, home, 6000, date(2026, 3, 1), state="waiting", attested=None)
    served(person, home, 60, date(2026, 3, 2))
    assert (stars_of(person.pk, date(2026, 2, 28)).minutes, stars_of(person.pk, date(2026, 3, 1)).minutes) == (0, 6000)
    corrected(first, 5000)
    assert (stars_of(person.pk).minutes, stars_of(person.pk).level) == (5060, None)


@pytest.mark.django_db
def test_a_place_sets_its_own_hours(cast: Cast) -> None:
    levels = [{"code": "1", "label": "一星", "hours": 100}, {"code": "2", "label": "二星", "hours": 200}]
    content_apply(actor=SYSTEM, content={"stars": {"levels": levels, "basis": "京民社发〔2010〕号"}})
    person = person_of(cast.building_head)
    served(person, cast.places["community"], 200 * 60)
    found = stars_of(person.pk)
    assert (found.count, found.following, found.missing) == (2, None, "")


def test_every_star_needs_more_and_notice_is_five_days_at_least() -> None:
    with pytest.raises(ValidationError):
        StarsSection(levels=(StarLevel(code="1", label="一", hours=300), StarLevel(code="2", label="二", hours=300)))
    with pytest.raises(ValidationError):
        StarsSection(notice_days=4)
    assert [item.hours for item in LEVELS] == [100, 300, 600, 1000, 1500]


@given(st.integers(min_value=0, max_value=10**7))
def test_hours_never_say_more_than_the_minutes(minutes: int) -> None:
    shown = float(hours(minutes))
    assert shown * 60 <= minutes + 1e-6 < shown * 60 + 6 + 1e-5
