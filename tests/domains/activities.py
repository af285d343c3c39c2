"""What activities add to the tests over all routes."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Q
from tests.sources import Source, away, rows, words

from linli.activities.models import Activity, ActivityPhoto, ActivityProgramme, ActivityShift, ServiceRecord, SignUp
from linli.activities.policies.activities import (
    activities_visible_to,
    photos_visible_to,
    programmes_visible_to,
    sign_ups_visible_to,
)
from linli.activities.policies.service import service_records_visible_to
from linli.activities.tests.held import activities_made, picture
from linli.core import clock
from linli.core.actors import Actor

if TYPE_CHECKING:
    from tests.world import World


def _of_all(_actor: Actor) -> Q:
    """Shifts of what everybody may join."""
    return Q()


WHERE: Final[Mapping[str, Source]] = {
    "activities/<pk>": rows(Activity, activities_visible_to, far=away(Activity, "place")),
    "activities/<pk>/<verb>": words("shift", "cancel", "hold"),
    "activities/photos/<pk>": rows(ActivityPhoto, photos_visible_to, far=away(ActivityPhoto, "activity__place")),
    "activities/programmes/<pk>": rows(ActivityProgramme, programmes_visible_to, far=away(ActivityProgramme, "place")),
    "activities/service/<pk>": rows(ServiceRecord, service_records_visible_to, far=away(ServiceRecord, "place")),
    "activities/service/<pk>/<verb>": words("attest", "refuse"),
    "activities/shifts/<pk>": rows(ActivityShift, _of_all, far=away(ActivityShift, "activity__place")),
    "activities/sign-ups/<pk>": rows(SignUp, sign_ups_visible_to, far=away(SignUp, "activity__place")),
    "public/activities/<pk>": rows(Activity, activities_visible_to),
}
PUBLIC: Final[tuple[str, ...]] = ("public/activities/", "public/activities/<pk>/")
DOORS: Final[tuple[str, ...]] = ()
FOR_ALL: Final[tuple[str, ...]] = ("activities/shifts/<pk>/sign-up/",)
IDLE: Final[Mapping[str, str]] = {
    "activities/<pk>/in/": "nobody has scanned the code",
}


def made(world: "World") -> None:
    """Put activities into the world, here and in the other place: one ahead, one today, one held."""
    activities_made(world.cast)


def sent(world: "World") -> dict[str, Any]:
    """What its forms take."""
    place = world.cast.places["community"].pk
    day = clock.today().isoformat()
    programme = {"title": "邻居节", "place": place, "line": "culture", "minutes": "120", "rhythm": "month"}
    programme |= {"starts": "09:00", "organization": ""}
    activity = {
        **{"content": "义务理发", "place": place, "day": day, "line": "volunteering", "venue": "广场"},
        **{"audience": "all", "version": "1", "organization": ""},
    }
    shift = {"starts": "09:00", "ends": "11:00", "capacity": "5"}
    came = list(SignUp.objects.order_by("pk").values_list("pk", flat=True))
    return {
        "activities/new/": {**activity, **{f"s0-{name}": value for name, value in shift.items()}},
        "activities/<pk>/change/": activity,
        "activities/<pk>/attendance/": {"came": came, "reason": "签到表漏登"},
        "activities/<pk>/<verb>/": {**shift, "reason": "大雨"},
        "activities/<pk>/photos/": {"photos": SimpleUploadedFile("现场.jpg", picture(9).read(), "image/jpeg")},
        "activities/programmes/new/": programme,
        "activities/programmes/<pk>/change/": {**programme, "version": "1"},
        "activities/programmes/<pk>/end/": {"reason": "改为每季度一次"},
        "activities/service/<pk>/<verb>/": {"minutes": "60", "reason": "没有到场"},
        "activities/shifts/<pk>/sign-up/": {"fits": "yes", "name": "连城璧"},
        "activities/shifts/<pk>/for/": {"name": "柳梦梅", "phone": "10033330011"},
        "activities/shifts/<pk>/by-hand/": {"name": "杜丽娘", "phone": "10033330012"},
        "activities/shifts/<pk>/places/": {"capacity": "9"},
    }
