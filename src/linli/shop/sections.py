"""The profile section `shop`: within how many days goods are got and partner shops are settled with."""

from pydantic import Field

from linli.records import profiles
from linli.records.profiles import Part


class ShopSection(Part):
    """`shop.yaml`. Goods that run low are got within `refill_days` working days; each step of a settlement takes at
    most `settle_days` working days. How long reserved goods are kept stands in `points.yaml`.
    """

    refill_days: int = Field(default=10, ge=1, le=60)
    settle_days: int = Field(default=10, ge=1, le=60)


def section() -> ShopSection:
    """What the profile in force says."""
    return profiles.current().section(ShopSection)
