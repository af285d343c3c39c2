"""The people of the demo place: one for each kind of user, all plainly invented."""

from dataclasses import dataclass
from typing import Final

PASSWORD: Final = "linli-demo"
# A resident who opened an account; it holds no post.
RESIDENT: Final = "jumin"

# The first secretary, whose post begins with the term.
SECONDED: Final = "diyi"


@dataclass(frozen=True, slots=True)
class Cast:
    """A demo user: the name to sign in with, the person, the post, and where it is held."""

    username: str
    name: str
    post: str
    place: str = ""
    body: str = ""


CAST: Final = (
    Cast("wangge", "演示网格员", "grid_worker", place="演示一小区第1网格"),
    Cast("louzhang", "演示楼栋长", "building_head", place="演示一小区"),
    Cast("shequ", "演示社区干部", "community_worker", place="零五鑫港社区居民委员会"),
    Cast("qiaodong", "演示桥东社区干部", "community_worker", place="桥东社区居民委员会"),
    Cast("shuji", "演示社区书记", "community_secretary", place="零五鑫港社区居民委员会"),
    Cast("jiedao", "演示街道干部", "street_officer", place="中兴路街道"),
    Cast("chengguan", "演示城管经办人", "department_handler", body="县城市管理综合执法局"),
    Cast("gongshui", "演示供水经办人", "department_handler", body="县供水公司"),
    Cast("wuye", "演示物业经办人", "property_handler", body="演示安居物业公司"),
    Cast("lingdao", "演示县领导", "county_leader", place="滦平县"),
    Cast("xitong", "演示系统管理员", "system_administrator", place="滦平县"),
    Cast("anquan", "演示安全管理员", "security_administrator", place="滦平县"),
    Cast("shenji", "演示审计员", "auditor", place="滦平县"),
)
