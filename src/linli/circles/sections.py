"""The profile section `circles`: how far a walk reaches, and which kinds of services belong within it.

The lists that hold where a place writes none are those of the guide of 2021 (商流通函〔2021〕176号).
"""

from typing import Final, Literal

from pydantic import Field

from linli.records import profiles
from linli.records.profiles import Labelled, Part

Group = Literal["basic", "quality"]


class ServiceKind(Labelled):
    """A kind of service. `facilities` are the kinds of facilities that count for it, besides its own name."""

    group: Group = "basic"
    facilities: tuple[str, ...] = ()

    @property
    def names(self) -> frozenset[str]:
        """Every kind of facility that counts for it."""
        return frozenset((self.code, self.label, *self.also, *self.facilities))


def _kinds(group: Group, **kinds: str) -> tuple[ServiceKind, ...]:
    return tuple(
        ServiceKind(code=code, label=names[0], label_en=names[1], group=group, facilities=tuple(names[2:]))
        for code, text in kinds.items()
        if (names := text.split("|"))
    )


BASIC: Final = _kinds(
    "basic",
    convenience_store="便利店|convenience store|社区便利店",
    supermarket="综合超市|supermarket|超市",
    market="菜市场|food market|农贸市场|生鲜菜店|菜店",
    breakfast="早餐店|breakfast|早餐点",
    barber="美容美发店|hairdresser|理发店",
    laundry="洗染店|laundry|洗衣店",
    pharmacy="药店|pharmacy",
    copying="照相文印店|photo and copy shop|文印店|照相馆",
    housekeeping="家政服务点|housekeeping|家政服务",
    repair="维修点|repairs|便民维修点",
    recycling="再生资源回收点|recycling|废旧物资回收点",
    parcels="邮政快递综合服务点|post and parcels|快递驿站|邮政快递服务点",
    front_warehouse="前置仓|front warehouse",
)
QUALITY: Final = _kinds(
    "quality",
    elder_care="社区养老服务机构|care for the old|养老服务站|日间照料中心|老年服务站",
    dining="特色餐饮|restaurants|社区食堂|老年助餐点",
    bakery="蛋糕烘焙|bakery",
    bookshop="新式书店|bookshop|书店|农家书屋",
    gym="运动健身房|sports|健身房|健身广场",
    nursery="幼儿托管点|nursery|托育点|托儿所",
    education="培训教育点|courses",
    travel="旅游服务点|travel services",
    health="保健养生|health care",
    gifts="鲜花礼品|flowers and gifts",
    tea="茶艺咖啡|tea and coffee",
    pets="宠物服务|pets",
)


class CirclesSection(Part):
    """`circles.yaml`. A home is served by what lies within `minutes` on foot at `km_per_hour`.

    Homes and facilities belong to a street that is at most `nearest_m` away. Facilities whose state is one of `idle`
    serve nobody, and are asked about when a new site is looked for.
    """

    minutes: int = Field(default=15, ge=1, le=60)
    km_per_hour: float = Field(default=4.5, ge=2, le=7)
    nearest_m: int = Field(default=300, ge=10, le=2000)
    idle: tuple[str, ...] = ("闲置", "空置")
    kinds: tuple[ServiceKind, ...] = (*BASIC, *QUALITY)

    @property
    def metres(self) -> float:
        """How far a walk reaches."""
        return self.minutes * self.km_per_hour * 1000 / 60

    @property
    def in_force(self) -> tuple[ServiceKind, ...]:
        """The kinds that count now."""
        return tuple(kind for kind in self.kinds if not kind.retired)


def section() -> CirclesSection:
    """What the profile in force says."""
    return profiles.current().section(CirclesSection)
