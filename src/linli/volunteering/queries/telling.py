"""What is told of a volunteer in the file that they ask for, by the names of the ministry's order (民政部令第67号)."""

from linli.activities.queries.standard_export import Told
from linli.volunteering.honours_section import kind_names
from linli.volunteering.models import Honour
from linli.volunteering.queries.candidates import volunteer_of
from linli.volunteering.sections import service_names, skill_names


def told_of(person_id: int) -> Told:
    """A person's registration that has not ended, and the honours that stand."""
    row, kinds = volunteer_of(person_id), kind_names()
    honours = Honour.objects.filter(person_id=person_id, state="awarded").order_by("awarded_on", "pk")
    awards = [[kinds.get(item.kind, item.kind), f"{item.awarded_on}", item.awarded_by] for item in honours]
    if row is None:
        return Told({}, awards)
    skills, services = skill_names(), service_names()
    personal = {
        "性别": row.get_sex_display(),
        "出生日期": row.born or "",
        "居住区域": row.place.name,
        "专业技能": "、".join(skills.get(code, code) for code in row.skills),
        "服务类别": "、".join(services.get(code, code) for code in row.services),
    }
    return Told(personal, awards)
