"""The profile section of campaigns in words."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.campaigns.sections import CampaignsSection
from linli.records.profiles import describe_section

describe_section(
    "campaigns",
    _("Campaigns"),
    {
        "kinds": pgettext_lazy("campaign", "kinds of campaigns"),
        "items": pgettext_lazy("campaign", "items that it usually consists of"),
        "ordered": pgettext_lazy("campaign", "done in this order at each place"),
        "decided": pgettext_lazy("campaign", "items that a meeting or a topic decides, named with the mark"),
        "review_days": pgettext_lazy("campaign", "days between two reviews at most"),
    },
    lambda: CampaignsSection().model_dump(mode="json"),
)
