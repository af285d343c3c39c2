"""How an activity stands, and which line of work it belongs to."""

from typing import Final

from django.utils.translation import pgettext_lazy

STATES: Final = (
    ("planned", pgettext_lazy("activity", "planned")),
    ("held", pgettext_lazy("activity", "held")),
    ("cancelled", pgettext_lazy("activity", "called off")),
)
# One table serves all of them; a figure of one line of work says which.
VOLUNTEERING: Final = "volunteering"
LINES: Final = (
    (VOLUNTEERING, pgettext_lazy("activity", "volunteering")),
    ("care", pgettext_lazy("activity", "care")),
    ("outreach", pgettext_lazy("activity", "outreach")),
    ("culture", pgettext_lazy("activity", "culture")),
)
# A record waits for whoever organised the work; a withdrawn one was corrected by another.
SERVICE_STATES: Final = (
    ("waiting", pgettext_lazy("service record", "to be attested")),
    ("attested", pgettext_lazy("service record", "attested")),
    ("refused", pgettext_lazy("service record", "not attested")),
    ("withdrawn", pgettext_lazy("service record", "corrected")),
)
