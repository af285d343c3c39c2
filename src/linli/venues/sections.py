"""The profile section `venues`: how space is to be divided, how much there should be, how rooms are booked."""

from decimal import Decimal
from typing import Final

from pydantic import Field, model_validator

from linli.records import profiles
from linli.records.profiles import Labelled, Part

BETTER: Final = (
    Labelled(code="counters", label="撤除柜台", label_en="counters taken away"),
    Labelled(code="entrance", label="无障碍出入口", label_en="accessible entrance"),
    Labelled(code="rooms", label="增加居民活动用房", label_en="rooms for residents"),
    Labelled(code="comfort", label="照明通风座椅改善", label_en="light, air and seats"),
)


class VenuesSection(Part):
    """`venues.yaml`. Of the area of a venue at least `service_least` percent serve residents, at most `office_most`
    percent are offices; 0 and 100 ask for nothing.

    A community should have `area_per_100` square metres of venues for 100 households, counted over the `kinds` of
    facilities (all where empty). A room is held `hold_minutes` for whoever chose it until they confirm; an account has
    at most `most_ahead` bookings ahead, a series being one, and a series takes at most `series_weeks` weeks. A supply
    is owed `restock_days` days before it expires. `better` is what works at a venue may make better.
    """

    service_least: int = Field(default=0, ge=0, le=100)
    office_most: int = Field(default=100, ge=0, le=100)
    area_per_100: Decimal = Field(default=Decimal(30), ge=0, le=10000)
    kinds: tuple[str, ...] = ()
    hold_minutes: int = Field(default=10, ge=2, le=120)
    most_ahead: int = Field(default=5, ge=1, le=100)
    series_weeks: int = Field(default=26, ge=1, le=52)
    restock_days: int = Field(default=30, ge=1, le=365)
    better: tuple[Labelled, ...] = BETTER

    @model_validator(mode="after")
    def _fits(self) -> "VenuesSection":
        if self.service_least + self.office_most > 100 and self.office_most < 100:
            raise ValueError("service_least and office_most together are at most 100")
        return self


def section() -> VenuesSection:
    """What the profile in force says."""
    return profiles.current().section(VenuesSection)


def better_names() -> dict[str, str]:
    """What may be made better, in the active language."""
    return {item.code: item.named for item in section().better}
