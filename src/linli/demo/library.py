"""The policy documents of the demo place: one that replaced another and runs out soon, one of above, a convention."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from linli.core import clock
from linli.core.actors import Actor
from linli.core.calendar import add_months
from linli.organizations.models import Organization
from linli.publishing.models import PolicyDocument
from linli.publishing.operations.policy_document_ends import policy_document_succeed, policy_documents_check
from linli.publishing.operations.policy_documents import Sketch, policy_document_publish
from linli.territory.models import Place

# The one that asks of the demo place are grounded on runs out in so many days.
LEFT: Final = 40


def library_begin(actors: Mapping[str, Actor], street: Place) -> PolicyDocument:
    """Record the documents; gives the one on which the offices ask."""
    last = clock.today() + timedelta(days=LEFT)
    first = add_months(last, -24) + timedelta(days=1)
    office = Organization.objects.filter(place=street, type=Organization.Type.OFFICE).order_by("id").first()
    new = Sketch(
        title="中兴路街道基层报表管理办法",
        place_id=street.pk,
        issued=first,
        kind="rule",
        number=f"中兴办〔{first.year}〕7号",
        organization_id=office.pk if office else None,
        issuer="中兴路街道办事处",
        valid_until=last,
        keywords="报表 减负 一表通",
        summary="向社区要数据先登记、说明依据和期限；台账里已有的数不得重复填报。",
        public=True,
    )
    former = add_months(first, -36)
    old = replace(
        new, title="中兴路街道报表管理暂行办法", issued=former, number=f"中兴办〔{former.year}〕3号", valid_until=None
    )
    begun = policy_document_publish(actor=actors["jiedao"], sketch=old)
    ground = policy_document_succeed(actor=actors["jiedao"], document_id=begun.pk, version=begun.version, sketch=new)
    _others(actors, street, add_months(clock.today(), -9))
    policy_documents_check()
    return ground


def _others(actors: Mapping[str, Actor], street: Place, day: date) -> None:
    county = Sketch(
        title="社区工作者管理办法",
        place_id=street.parent_id or street.pk,
        issued=day,
        kind="rule",
        number=f"示民发〔{day.year}〕9号",
        issuer="示范市民政局",
        summary="社区工作者的招录、待遇、培训和考核。",
        public=True,
    )
    policy_document_publish(actor=actors["lingdao"], sketch=county)
    home = Place.objects.filter(parent=street, type=Place.Type.DIVISION).order_by("path").first()
    assert home is not None
    convention = replace(
        county,
        title="居民公约",
        place_id=home.pk,
        kind="convention",
        number="",
        issuer=f"{home.name}居民会议",
    )
    policy_document_publish(
        actor=actors["jiedao"], sketch=replace(convention, summary="邻里相处、停车、养犬和楼道堆物的约定。")
    )
