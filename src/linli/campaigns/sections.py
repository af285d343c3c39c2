"""The profile section `campaigns`: kinds of campaigns with their usual items.

Programmes over campaigns are models of working (`models.yaml`) that tag them (CMP-06).
"""

from typing import Final

from pydantic import Field

from linli.records import profiles
from linli.records.profiles import Labelled, Part


class Kind(Labelled):
    """A kind of campaign. `items` are what it usually consists of; with `ordered` a place does them in this order.

    Items in `decided` are done only where a meeting or a topic decided: it is named with the mark.
    """

    items: tuple[str, ...] = ()
    ordered: bool = False
    decided: tuple[str, ...] = ()


KINDS: Final = (
    Kind(code="rectification", label="专项整治", label_en="rectification"),
    Kind(
        code="renovation",
        label="老旧小区改造",
        label_en="renovation of old compounds",
        items=("居民协商", "方案公示", "施工", "竣工验收"),
        ordered=True,
        decided=("居民协商",),
    ),
    Kind(
        code="repairs",
        label="楼院设施修缮",
        label_en="courtyard repairs",
        items=("提出方案", "居民议定", "施工", "验收"),
        ordered=True,
        decided=("居民议定",),
    ),
    Kind(code="civility", label="文明创建", label_en="civility campaign"),
    Kind(code="mandate", label="阶段性任务", label_en="time-limited mandate"),
    Kind(code="action", label="主题行动", label_en="action"),
)


class CampaignsSection(Part):
    """`campaigns.yaml`. A campaign is reviewed at least every `review_days` days while it runs (CMP-03)."""

    kinds: tuple[Kind, ...] = KINDS
    review_days: int = Field(default=30, ge=1, le=366)

    def kind(self, code: str) -> Kind:
        """The kind with this code; one without items where the profile no longer has it."""
        return next((item for item in self.kinds if item.code == code), Kind(code=code or "-", label=code or "—"))


def section() -> CampaignsSection:
    """What the profile in force says."""
    return profiles.current().section(CampaignsSection)


def named(items: tuple[Labelled, ...]) -> list[tuple[str, str]]:
    """Codes and names in the active language, as choices."""
    return [(item.code, item.named) for item in items if not item.retired]
