"""What an import says about a file: counts, and each row that was refused or is odd, with the reason."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Any] = {
    "row.missing": _("“%(column)s” is empty and must be filled in."),
    "row.missing_column": _("The ledger has no column “%(column)s”, which its map needs."),
    "duplicate.row": _("The same content stands in row %(earlier)s already."),
    "duplicate.key": _("“%(value)s” was used in row %(earlier)s already."),
    "duplicate.record": _("Row %(earlier)s is about the same record already."),
    "duplicate.order": _("A matter with this number is here already; nothing was changed."),
    "promotion.rung_skipped": _("The ladder is climbed one rung at a time: check the rung before and the rung after."),
    "promotion.step": _("A step of this row is none that promotions have here."),
    "talent.consent": _("Nobody is entered without their consent: ask them, and write it in the row."),
    "talent.category": _("This category is none of the place's: add it to the profile, or write one of its own."),
    "allowance.outside_band": _("The allowance lies outside of its band; the profile says between what it may lie."),
    "pay.month": _("Write the month of the statement, or the day on which it was paid."),
    "body_founding.term": _("A term has a first and a last day, the first before the last."),
    "body_founding.numbers": _("No more can agree than came, and no more can come than are entitled."),
    "activity.too_long": _("A cell of this row is longer than is kept of an activity."),
    "activity.hours": _("No activity takes more than a month."),
    "service.hours": _("Hours served are more than none and at most a day."),
    "training.too_long": _("A cell of this row is longer than is kept of training."),
    "training.days": _("It does not end before it begins."),
    "training.unknown_number": _("No training with this number is here; take in the training first."),
    "credential.number_taken": _("Somebody else has a credential with this number; check both rows."),
    "credential.days": _("A credential does not expire before it was issued."),
    "programme.span": _("A programme does not end before it begins."),
    "redemption.made_here": _("A redemption with this number was made here."),
    "redemption.too_long": _("A cell of this row is longer than is kept of a redemption."),
    "redemption.amount": _("Pieces and points are whole numbers above zero, and the value is in yuan."),
    "venue.unknown_facility": _("No facility of this name is here, or several are; take in the facilities first."),
    "clearing_item.reason": _("What was kept or removed has a reason; write it in the row."),
    "clearing_item.freed": _("Only what was removed frees space."),
    "contact.who": _("Write who answers: a person for a tier of persons, a body for a tier of bodies."),
    "contact.level": _("One answers for a street, a community, a grid or a building."),
    "contact.until": _("It does not end before it begins."),
    "visit.who": _("Write who came, a person or a body."),
    "contact_matter.no_matter": _("No matter with this number is here: take in the matters first."),
    "contact_matter.no_contact": _("Nobody with this staff number answers for a place here."),
    "offer.half": _("Write how many can be booked and in which way, or neither."),
    "secondment.overlap": _("This person is sent elsewhere at that time: end the earlier term first."),
    "secondment.span": _("A term ends after it begins."),
    "secondment.unknown": _("No term of this staff number is here at that time: take in the secondments first."),
    "secondment.other_name": _("The staff number belongs to somebody of another name."),
    "secondment.transfers_open": _("The term is over and this is not transferred back: write down when it went back."),
    "review.period": _("This is no quarter, half-year or year of the term."),
    "review.day": _("A review is of a day in the term, in its period or after it, and not to come."),
    "review.score": _("Scores are between 0 and 100."),
    "review.elsewhere": _("The term is at another community than this row says."),
    "secondment_month.elsewhere": _("The term is at another community than this row says."),
    "secondment_month.not_over": _("This month is not over yet; state it when it is."),
    "secondment_month.days": _("More days than the month has in the term."),
    "secondment_month.confirmed_early": _("It was confirmed before the month began."),
    "care_service.no_place": _("Write the community in which the help was given."),
    "patrol_shift.no_place": _("Write the compound or community in which the patrol was."),
    "patrol_shift.numbers": _("Write how many of each force came, at least one in all and at most 999 of each."),
    "patrol_shift.too_long": _("A cell of this row is longer than is kept of a patrol."),
    "property_contract.compound": _("Write the compound: a row is one of its compounds under a contract."),
    "property_contract.no_end": _("It is over: write its last day."),
    "property_contract.overlap": _(
        "In this time the compound is managed otherwise: correct the days, or end the other contract first."
    ),
    "campaign_finding.day": _("What is put right has its day, and what is not has none."),
    "campaign_finding.span": _("It is put right after it was found."),
    "membership_round.year": _("Write the year with four digits."),
    "membership_round.numbers": _("At most the quota are chosen, of those considered; mend the numbers."),
    "membership_round.undecided": _("What is decided has a number of chosen and a day; what is not has neither."),
    "membership_round.too_long": _("A cell of this row is longer than is kept of a selection."),
    "members.no_number": _("Write the number of the member, or the name of the unit."),
    "pairing.no_helper": _("Write the number of the member, or a staff number that is here."),
    "study.no_group": _("No study group with this number is here: take in the groups first."),
    "mediation.undated": _("Write the day on which the mediation was received."),
    "mediation.unknown_number": _("No mediation with this number is here: take in the mediations first."),
    "honour.undated": _("Write the day on which the honour was awarded."),
    "honour.too_long": _("A name, number or document is too long."),
    "order.undated": _("Write the day on which the order was asked for."),
    "order.done_before_asked": _("The order was done before it was asked for."),
    "volunteer.number": _("This number is longer than numbers of volunteers are."),
    "duplicate.volunteer": _("Another volunteer who is here has this number."),
    "volunteer.twice": _("This person is registered already, under another number."),
    "team_membership.unknown_number": _("No volunteer with this number is here: take in the roster first."),
    "team_membership.no_team": _("Write the volunteer team."),
    "service_project.undated": _("Write the day on which the project was proposed."),
    "service_project.stage": _("A project of this kind does not have this stage."),
    "project_claim.unknown_project": _("No micro-project with this number is here: take in the projects first."),
    "project_claim.no_body": _("Write which body claimed it."),
    "volunteer_post.undated": _("Write the day since which the post is open."),
    "support_record.incomplete": _("Write which body was given support, and on which day."),
    "support_record.amount": _("The sum is in yuan, above zero."),
    "convention.undated": _("Write the day on which it was adopted, published or filed."),
    "convention.numbers": _("No more can agree than came, and no more can come than are entitled."),
    "agenda_item.meeting": _("What came of an item is told together with the meeting that spoke about it."),
    "fund_entry.amount": _("The sum is in yuan, above zero, with at most two places."),
    "fund_entry.no_account": _("There is no account of this name at this place."),
    "fund_entry.not_before": _("From the day on which the account began, entries are made in the account itself."),
    "meeting.kind": _("There is no such kind of meeting."),
    "meeting.off_register": _("More from elsewhere than came at all."),
    "meeting.rhythm": _("Say how often it sits; the number of days only where it sits by days."),
    "partnership.since": _("Write the day since which it is in place."),
    "poll.parts": _("No more can have voted than were entitled, and no more votes can be given than people voted."),
    "poll.title": _("A vote has a title of 2 to 120 characters."),
    "topic.undated": _("Write the day on which it was proposed or decided."),
    "points.amount": _("This is no whole number of points, or no whole minutes."),
    "points.posted": _("Under this number something else was posted; take it back instead."),
    "policy_document.number": _("This is no document number; it reads like 某办〔2026〕12号."),
    "policy_document.number_missing": _("Only a checklist or convention may lack its number."),
    "policy_document.validity": _("Write a last day, a number of years, or 长期."),
    "policy_document.dates": _("It cannot end before it begins to hold."),
    "policy_document.title": _("Title, keywords, issuer or summary are too long."),
    "publication.twice": _("This was made public already. What is wrong in it is corrected there, with a reason."),
    "survey.parts": _("No more can have answered than were asked, nor be satisfied than answered."),
    "order.too_long": _("The text is too long for a matter (more than 2000 characters)."),
    "date.future": _("“%(value)s” lies after the day of the import (%(as_of)s)."),
    "date.order": _("“%(value)s” lies before “%(other)s”."),
    "value.unknown": _("“%(value)s” is none of the known values: %(known)s."),
    "value.new": _("These are not among the place's words and were kept as written: %(value)s."),
    "reference.unknown_place": _("“%(value)s” is not in the register of places. Did you mean: %(nearest)s?"),
    "reference.unknown_place:none": _("“%(value)s” is not in the register of places."),
    "reference.unknown_organization:none": _("“%(value)s” is not in the register of organisations."),
    "reference.ambiguous_place": _("“%(value)s” means several places; name the street or county too."),
    "reference.unknown_organization": _(
        "“%(value)s” is not in the register of organisations. Did you mean: %(nearest)s?"
    ),
    "place.not_yours": _("This place is not among those for which you import."),
    "row.edited_since": _("The record was edited here since the last import; the changed row was not taken."),
    "row.no_record": _("No part of the map applies to this row."),
    "row.refused": _("The row was refused: %(reason)s"),
    "file.not_yet_known": _("Ledgers of this kind (%(kind)s) are not kept yet; nothing was taken from it."),
    "file.no_map": _("No import map knows this ledger. Draw one up on the import page. Title or headers: %(title)s"),
    "file.no_table": _("No table was found on this sheet."),
    "value.not_a_date": _("“%(value)s” is not a date."),
    "value.impossible_date": _("“%(value)s” is a day that does not exist."),
    "value.ambiguous_date": _("“%(value)s” may be January or October; write the day out."),
    "date.month_only": _("“%(value)s” names no day; the first of the month was taken."),
    "date.year_only": _("“%(value)s” names no day; the first of January was taken."),
    "date.range": _("“%(value)s” spans several days; the first was taken."),
    "value.not_a_number": _("“%(value)s” is not a number."),
    "value.negative": _("“%(value)s” is negative."),
    "value.not_whole": _("“%(value)s” is not a whole number."),
    "value.too_large": _("“%(value)s” is too large."),
    "value.not_a_flag": _("“%(value)s” is neither yes nor no."),
    "value.too_long": _("The text is too long (more than %(limit)s characters)."),
    "geometry.broken": _(
        "“%(value)s” has no outline that can be used: it is empty, has too few points, or no numbers where they belong."
    ),
    "coverage.gap": _("Part of %(value)s lies in no grid (%(area)s m², near %(lng)s, %(lat)s)."),
    "coverage.overlap": _("%(value)s lie over one another (%(area)s m², near %(lng)s, %(lat)s)."),
    "coverage.outside": _("%(value)s: the grid reaches beyond its community (%(area)s m², near %(lng)s, %(lat)s)."),
    "phone.short": _("The phone number “%(value)s” has too few digits; it was kept."),
    "phone.several": _("“%(value)s” holds several phone numbers; the first was kept."),
    "text.identity_number": _("The text seems to hold an identity number; Linli does not need it, take it out."),
    "phone.odd": _("“%(value)s” does not look like a phone number; it was kept."),
}


@dataclass(slots=True)
class Remark:
    """One refused or odd row: where it stands, a code, and the facts for its sentence."""

    sheet: str
    row: int | None
    column: str
    code: str
    facts: dict[str, Any] = field(default_factory=dict)
    also: list["Remark"] = field(default_factory=list)
    cells: tuple[str, ...] = ()

    @property
    def message(self) -> str:
        """The sentences in the active language, the plainest reason first."""
        return " ".join([self._sentence(), *(remark.message for remark in self.also)])

    def _sentence(self) -> str:
        known = {"value": "", "column": self.column, "earlier": "", "nearest": "-", "known": "", **self.facts}
        alone = "" if str(known["nearest"]) != "-" else ":none"
        text = SENTENCES.get(self.code + alone) or SENTENCES.get(self.code)
        if text is None:
            return str(self.facts.get("reason", self.code))
        return str(text) % known

    def as_dict(self) -> dict[str, Any]:
        """The remark as the JSON report prints it."""
        return {
            "sheet": self.sheet,
            "row": self.row,
            "column": self.column,
            "code": self.code,
            "message": self.message,
        }


@dataclass(slots=True)
class FileReport:
    """What became of one file. `brought` is what its reader checks together with other files; it is not kept."""

    file: str
    record_types: list[str] = field(default_factory=list)
    rows: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: list[Remark] = field(default_factory=list)
    warnings: list[Remark] = field(default_factory=list)
    unreadable: bool = False
    brought: dict[int, Any] = field(default_factory=dict)

    @property
    def duplicates(self) -> int:
        """How many of the refused rows repeat another."""
        return sum(1 for remark in self.rejected if remark.code.startswith("duplicate"))

    @property
    def settled(self) -> int:
        """How many rows have an outcome so far."""
        return self.created + self.updated + self.unchanged + len(self.rejected)

    def as_dict(self) -> dict[str, Any]:
        """The file's part of the JSON report."""
        return {
            "file": self.file,
            "record_types": self.record_types,
            "rows": self.rows,
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "rejected": [remark.as_dict() for remark in self.rejected],
            "warnings": [remark.as_dict() for remark in self.warnings],
        }


def document(reports: list[FileReport]) -> dict[str, Any]:
    """The JSON document of a whole import."""
    return {
        "files": [report.as_dict() for report in reports],
        "totals": {
            "rows": sum(report.rows for report in reports),
            "created": sum(report.created for report in reports),
            "updated": sum(report.updated for report in reports),
            "unchanged": sum(report.unchanged for report in reports),
            "rejected": sum(len(report.rejected) for report in reports),
            "duplicates": sum(report.duplicates for report in reports),
        },
    }
