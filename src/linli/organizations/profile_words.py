"""The profile's `organizations.yaml` and `posts.yaml` in words."""

from django.utils.translation import gettext_lazy as _

from linli.records.profiles import describe_section

WORDS = {
    "types": _("types of bodies"),
    "levels": _("levels"),
    "temporary": _("for a time only"),
    "approval": _("somebody above approves"),
    "household_groups": _("household groups"),
    "households_from": _("households from"),
    "households_to": _("households to"),
    "office_templates": _("offices that every place of a level has"),
    "level": _("level"),
    "offices": _("offices"),
    "matrix": _("bodies that each place should have"),
    "of": _("of"),
    "compound": _("compound"),
    "building": _("building"),
    "grid": _("grid"),
    "place": _("place and below"),
    "organization": _("one's own body"),
    "always": _("always"),
    "consent": _("with consent"),
    "never": _("never"),
    "kinds": _("kinds of posts"),
    "recruited": _("kinds of posts under unified recruitment"),
    "trio": _("responsible for each grid"),
    "abilities": _("abilities"),
    "scope": _("scope"),
    "at": _("held at"),
    "each": _("how many each"),
    "leads": _("answers first"),
    "term_months": _("months of the term"),
    "posted": _("name posted"),
    "decides": _("decides"),
    "letter": _("appointment letter"),
    "duties": _("duties"),
    "duty_categories": _("categories of matters under each duty"),
}

describe_section("organizations", _("Bodies"), WORDS)
describe_section("posts", _("Posts and what they may do"), WORDS)
