"""The profile section `notices`: the kinds of notices with their rules, and how often the letter to those away goes."""

from typing import Final

from pydantic import Field, model_validator

from linli.records import profiles
from linli.records.profiles import Labelled, Part


class NoticeKind(Labelled):
    """A kind of notice. One that `ends` says until when it holds; `urgent` ones may reach people at once, at night too;
    where a kind asks for `approval`, a second person publishes what the first has written."""

    ends: bool = False
    urgent: bool = False
    approval: bool = False


KINDS: Final = (
    NoticeKind(code="notice", label="通知", label_en="notice"),
    NoticeKind(code="policy", label="政策宣传", label_en="policy note", ends=True),
    NoticeKind(code="activity", label="活动信息", label_en="activity"),
    NoticeKind(code="warning", label="预警提示", label_en="warning", ends=True, urgent=True),
)


class NoticesSection(Part):
    """`notices.yaml`. Whoever approves does so within `approve_days` working days. The letter to those who live
    elsewhere goes every `letter_months` months."""

    kinds: tuple[NoticeKind, ...] = KINDS
    approve_days: int = Field(default=1, ge=1, le=30)
    letter_months: int = Field(default=1, ge=1, le=12)

    @model_validator(mode="after")
    def _once(self) -> "NoticesSection":
        codes = [kind.code for kind in self.kinds]
        if len(set(codes)) < len(codes):
            raise ValueError("each kind of notice has a code of its own")
        return self

    def kind(self, code: str) -> NoticeKind | None:
        """The kind with this code."""
        return next((kind for kind in self.kinds if kind.code == code), None)


def section() -> NoticesSection:
    """What the profile in force says."""
    return profiles.current().section(NoticesSection)


def kind_names(*, retired: bool = True) -> dict[str, str]:
    """What the kinds are called in the active language; without those that are used no more where asked so."""
    return {kind.code: kind.named for kind in section().kinds if retired or not kind.retired}
