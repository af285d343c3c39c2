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
