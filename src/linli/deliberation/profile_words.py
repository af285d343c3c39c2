"""The profile sections of deliberation in words."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.records.profiles import describe_section

MEETINGS = {
    "kinds": _("kinds of meetings"),
    "family": pgettext_lazy("meeting", "family"),
    "rhythm": _("how often"),
    "": pgettext_lazy("rhythm", "not regularly"),
    "every_days": _("every so many days"),
    "starts": _("hour at which it begins"),
    "minutes": _("length in minutes"),
    "parties": _("bodies that should all take part"),
    "rating_days": _("days in which residents rate what came of their subjects"),
    "forum": _("residents' forums"),
    "joint": _("joint meetings"),
    "party": _("Party life"),
    "week": pgettext_lazy("rhythm", "every week"),
    "month": pgettext_lazy("rhythm", "every month"),
    "quarter": pgettext_lazy("rhythm", "every quarter"),
    "days": pgettext_lazy("rhythm", "every so many days"),
}

describe_section("meetings", _("Forums and joint meetings"), MEETINGS)

PROCEDURES = {
    "procedures": _("procedures"),
    "tiers": _("tiers"),
    "topics": _("topics that should be deliberated"),
    "objection_days": _("working days for answering an objection"),
    "step_days": _("working days in which the next step is taken"),
    "procedure": _("procedure"),
    "tier": _("tier"),
    "ground": _("legal ground"),
    "since": _("in force from"),
    "until": _("in force until"),
    "verified": _("checked against its legal ground"),
    "skips": _("steps may be skipped"),
    "steps": _("steps"),
    "kind": _("kind of step"),
    "who": _("who decides"),
    "electorate": _("who takes part"),
    "quorum": _("how many must come"),
    "passing": _("how many must agree"),
    "share": _("share"),
    "bound": _("includes or exceeds"),
    "of": _("of whom"),
    "by": _("heads or area"),
    "notice_days": _("days of notice"),
    "papers": _("papers that must be there"),
    "publication_days": _("days for which it is public"),
    "objections": _("objections are taken"),
    "merges": _("held together with the next"),
    "skippable": _("may be skipped"),
    "talk": _("said, without numbers"),
    "meet": _("a meeting with numbers"),
    "vote": _("a vote"),
    "disclose": _("made public"),
    "carry_out": _("carried out"),
    "rate": _("rated"),
    "at_least": _("at least"),
    "more_than": _("more than"),
    "due": _("all who are due"),
    "present": _("those who are present"),
    "heads": _("heads"),
    "area": _("area"),
    "never": _("never"),
    "one_person": _("where secretary and director are one person"),
}

describe_section("procedures", _("Procedures of deliberation"), PROCEDURES)

FUNDS = {
    "kinds": _("kinds of income and spending"),
    "direction": _("income or spending"),
    "income": pgettext_lazy("fund", "income"),
    "spending": pgettext_lazy("fund", "spending"),
    "item": _("rule of disclosure that its quarters follow"),
    "due_days": _("days after a quarter, where there is no such rule"),
    "approve_days": _("working days in which a second person looks at it"),
}

describe_section("funds", _("Accounts of courtyards"), FUNDS)

CONVENTIONS = {
    "comment_days": _("days for which residents may comment, at least"),
    "answer_days": _("working days for answering comments"),
    "file_days": _("working days from publication until it is with the street"),
    "receive_days": _("working days in which the street receives it"),
}

describe_section("conventions", pgettext_lazy("deliberation", "Conventions"), CONVENTIONS)

BODIES = {
    "kinds": _("kinds of self-government bodies"),
    "term_years": _("years of a term"),
    "least": _("members, at least"),
    "most": _("members, at most"),
    "again": _("members may serve again at once"),
    "owners": _("owners decide, by heads and area"),
    "filed": _("filed with the street"),
    "notice_days": _("days before the end of a term in which an election is owed"),
    "first_days": _("days in which a new body is elected"),
    "file_days": _("days from an election until it is filed"),
    "answer_days": _("working days for answering residents who propose a body"),
    "head_title": _("title of the director"),
    "deputy_title": _("title of the deputy director"),
    "member_title": _("title of members"),
    "supervisor_title": _("title of supervisors"),
    "head_post": _("post of the director"),
    "member_post": _("post of the other members"),
}

describe_section("bodies", _("Self-government bodies"), BODIES)

SQUADS = {
    "kinds": _("kinds of squads"),
    "forces": _("forces that must all take part"),
    "answer_days": _("working days for answering a proposal, a need or an idea"),
}

describe_section("squads", pgettext_lazy("squad", "Squads"), SQUADS)
