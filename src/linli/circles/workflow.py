"""Who looks at 15-minute circles and who computes them, by ability. They have no states of their own."""

from typing import Final

from django.utils.translation import pgettext_lazy

VIEW: Final = "circles.view"
KEEP: Final = "circles.keep"
SUBJECT: Final = "street_network"
GROUPS: Final = (
    ("basic", pgettext_lazy("circle", "basic")),
    ("quality", pgettext_lazy("circle", "for a better life")),
)
