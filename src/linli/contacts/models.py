"""Who answers for which place, the visits they make there, and the matters that came of them."""

from typing import ClassVar, Final

from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from linli.contacts.workflow import LEVELS, VISIT, VOICED
from linli.core.owned import Owned

KEY: Final = 64
ONE_OF: Final = Q(person=None, organization__isnull=False) | Q(person__isnull=False, organization=None)


class Contact(models.Model):
    """That an official or a body answers for a place (包联), for a term (RSP-01 to RSP-05).

    `level` is that of the place; `tier` is a word of the profile that carries the quotas; `liaison` is whom a body
    names, by name only.
    """

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey("organizations.Person", on_delete=models.PROTECT, null=True, related_name="contacts")
    organization = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, null=True, related_name="contacts"
    )
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="contacts")
    level = models.CharField(max_length=12, choices=LEVELS)
    tier = models.CharField(max_length=64)
    title = models.CharField(max_length=80, blank=True)
    duties = models.CharField(max_length=300, blank=True)
    liaison = models.CharField(max_length=60, blank=True)
    since = models.DateField()
    until = models.DateField(null=True)
    extra = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    owned: ClassVar = (Owned("person", "place__name tier title duties since until"),)

    class Meta:
        verbose_name = pgettext_lazy("contact", "assigned contact")
        constraints = [
            models.CheckConstraint(condition=ONE_OF, name="contact_one_of"),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="contact_span"),
            models.UniqueConstraint(fields=["person", "place"], condition=Q(until=None), name="contact_person_once"),
            models.UniqueConstraint(
                fields=["organization", "place"], condition=Q(until=None), name="contact_body_once"
            ),
        ]
        indexes = [models.Index(fields=["tier"], condition=Q(until=None), name="contact_held")]

    def __str__(self) -> str:
        return f"{self.tier} {self.place_id}"


class Visit(models.Model):
    """One visit of one visitor to one place on a day; those who came `together` with another hang on that one.

    It is recorded once, by the visitor or the visitor's office (RSP-04, RSP-15). `visitor` is who came for a body.
    Of households that were visited only their number is kept (RSP-14).
    """

    id = models.BigAutoField(primary_key=True)
    number = models.CharField(max_length=64, blank=True)
    person = models.ForeignKey("organizations.Person", on_delete=models.PROTECT, null=True, related_name="visits")
    organization = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, null=True, related_name="visits"
    )
    visitor = models.CharField(max_length=60, blank=True)
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="visits")
    tier = models.CharField(max_length=64, blank=True)
    together = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="joined")
    on = models.DateField()
    subject = models.CharField(max_length=300)
    households = models.PositiveSmallIntegerField(null=True)
    state = models.CharField(max_length=12, choices=VISIT.choices, default="made")
    recorded = models.DateTimeField()
    recorded_by = models.CharField(max_length=KEY)
    extra = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    owned: ClassVar = (Owned("person", "number place__name on subject households state"),)

    class Meta:
        verbose_name = pgettext_lazy("contact", "visit")
        constraints = [
            models.CheckConstraint(condition=ONE_OF, name="visit_one_of"),
            # Ledgers tell their visits apart by number; what is recorded here is one a day.
            models.UniqueConstraint(
                fields=["person", "place", "on"], condition=Q(number="") & ~Q(state="dropped"), name="visit_person_once"
            ),
            models.UniqueConstraint(
                fields=["organization", "place", "on"],
                condition=Q(number="") & ~Q(state="dropped"),
                name="visit_body_once",
            ),
        ]
        indexes = [
            models.Index(fields=["place", "-on", "-id"], name="visit_place_on"),
            models.Index(fields=["on", "id"], name="visit_on"),
        ]

    def __str__(self) -> str:
        return f"{self.place_id} {self.on}"


class ContactMatter(models.Model):
    """That a matter came up through somebody who answers for the place, on a visit or otherwise.

    `solved_on` follows the matter: it is set while others have verified that it is solved, and empty otherwise.
    """

    id = models.BigAutoField(primary_key=True)
    case = models.OneToOneField("cases.Case", on_delete=models.PROTECT, related_name="contact_matter")
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, null=True, related_name="matters")
    person = models.ForeignKey("organizations.Person", on_delete=models.PROTECT, null=True, related_name="+")
    organization = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, null=True, related_name="+"
    )
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="+")
    voiced = models.CharField(max_length=12, choices=VOICED, default="resident")
    raised_on = models.DateField()
    solved_on = models.DateField(null=True)
    extra = models.JSONField(default=dict)

    owned: ClassVar = (Owned("person", "case__number place__name raised_on solved_on"),)

    class Meta:
        verbose_name = pgettext_lazy("contact", "matter of a contact")
        constraints = [models.CheckConstraint(condition=ONE_OF, name="contact_matter_one_of")]
        indexes = [models.Index(fields=["solved_on"], name="contact_matter_solved")]

    def __str__(self) -> str:
        return str(self.case_id)
