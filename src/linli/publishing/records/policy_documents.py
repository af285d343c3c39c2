"""The record type of policy documents: a state with the days on which each is in force."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.publishing.operations.policy_document_lists import (
    policy_document_record_many,
    policy_documents_recognised,
    policy_documents_refused,
)
from linli.publishing.policies import policy_documents as policies
from linli.publishing.workflow.policy_documents import DOCUMENT, KINDS
from linli.records.types import Column, Dimension, Measure, RecordType, register

POLICY_DOCUMENT = RecordType(
    "policy_document",
    _("Policy documents"),
    "publishing.PolicyDocument",
    92,
    write=policy_document_record_many,
    refused=policy_documents_refused,
    recognised=policy_documents_recognised,
    dates=("issued",),
    span=("since", "until"),
    titles="制度文件|政策文件|文件目录|文件汇编|规范性文件|制度汇编",
    visible=policies.documents_visible_to,
    amendable=policies.may_keep_document,
    url_name="policy_documents:policy_document",
    dimensions=(
        Dimension("kind", label=_("kind"), choices=KINDS, vocabulary="policy_document.kind"),
        Dimension("state", label=_("state"), choices=tuple(DOCUMENT.choices)),
        Dimension("issuer", label=_("issuing body"), type="text"),
        Dimension("year", label=_("year of the number"), type="number"),
        Dimension("public", label=pgettext_lazy("document", "public"), type="flag"),
        Dimension("place", type="reference", to="division"),
        Dimension("organization", type="reference", to="department"),
    ),
    measures=(Measure("place", "distinct"), Measure("issuer", "distinct", label=_("issuing bodies"))),
    order=(("since", "valid_until"),),
    columns=(
        Column("number", "文号|文件编号|发文字号|文件号|编号", label=_("document number")),
        Column(
            "title",
            "标题|文件名称|文件标题|制度名称|政策名称|题名|名称",
            label=pgettext_lazy("document", "title"),
            required=True,
        ),
        Column(
            "kind",
            "文种|文件类型|类型|类别|文件类别",
            label=_("kind"),
            type="choice",
            choices=KINDS,
            vocabulary="policy_document.kind",
        ),
        Column(
            "issuer", "发文机关|发文单位|制定机关|印发单位|制发单位|发布机关", label=_("issuing body"), required=True
        ),
        Column(
            "issued",
            "发文日期|印发日期|成文日期|发布日期|印发时间|发文时间",
            label=_("issued"),
            type="date",
            required=True,
        ),
        Column(
            "since", "施行日期|实施日期|生效日期|执行日期|起始日期", label=_("in force from"), type="date", planned=True
        ),
        Column(
            "valid_until",
            "有效期至|有效期截止|失效日期|截止日期",
            label=_("valid until"),
            type="date",
            planned=True,
        ),
        Column("place", "适用范围|适用地区|所在位置", label=_("holds for"), type="place", path="place__name"),
        Column(
            "state", "效力状态|状态|文件状态|时效", label=_("state"), type="choice", choices=tuple(DOCUMENT.choices)
        ),
        Column("repealed_on", "废止日期|废止时间", label=_("repealed on"), type="date"),
        Column("reason", "废止原因|备注|失效原因", label=_("reason")),
        Column("keywords", "关键词|主题词", label=_("keywords")),
        Column("summary", "摘要|内容摘要|主要内容", label=_("summary")),
        Column("validity", "有效期|有效期限|有效年限", label=_("validity as it is written"), path="validity"),
        Column("public", "是否公开|公开属性", label=pgettext_lazy("document", "public"), type="flag"),
    ),
)
register(POLICY_DOCUMENT)
