"""Asks of higher offices and what each place answers, sealed, and gone when their time is over."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.accountability.workflow.asks import ASK, OWING
from linli.core import clock
from linli.core.fields import EncryptedTextField


class Ask(models.Model):
    """A form or figure that an office asks for: by whom, on what ground, how often, by when, how long it is valid.

    `since` and `until` are the days on which it is in force: from its approval or first day of validity to the day
    after the last. `document` is the document of the library on which it is grounded, where there is one. `mapping`
    says what its cells were taken for, so that the next period need not be told again.
    """

    class Period(models.TextChoices):
        ONCE = "once", _("once")
        MONTHLY = "monthly", _("monthly")
        QUARTERLY = "quarterly", _("quarterly")
        YEARLY = "yearly", _("yearly")

    class Level(models.TextChoices):
        STREET = "street", _("street")
        COUNTY = "county", _("county")
        CITY = "city", _("city")
        PROVINCE = "province", _("province")
        NATION = "nation", _("nation")

    id = models.BigAutoField(primary_key=True)
    name = models.CharField(max_length=120)
    office = models.ForeignKey("organizations.Organization", on_delete=models.PROTECT, null=True, related_name="asks")
    asker = models.CharField(max_length=160)
    level = models.CharField(max_length=12, choices=Level.choices)
    ground = models.CharField(max_length=300, blank=True)
    document = models.ForeignKey("publishing.PolicyDocument", on_delete=models.PROTECT, null=True, related_name="asks")
    period = models.CharField(max_length=12, choices=Period.choices, default=Period.ONCE)
    due = models.DateField()
    emergency = models.CharField(max_length=300, blank=True)
    short = models.BooleanField(default=False)
    valid_from = models.DateField()
    valid_until = models.DateField()
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    retention_days = models.PositiveIntegerField()
    personal = models.BooleanField(default=False)
    fields = models.JSONField(default=list)
    form = EncryptedTextField(context="accountability.ask.form")
    form_name = models.CharField(max_length=160, blank=True)
    media_type = models.CharField(max_length=100, blank=True)
    mapping = models.JSONField(default=dict)
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="asks")
    places = models.ManyToManyField("territory.Place", related_name="asked")
    bodies = models.ManyToManyField("organizations.Organization", related_name="asked")
    state = models.CharField(max_length=12, choices=ASK.choices, default=ASK.start)
    proposed = models.DateTimeField()
    proposer = models.CharField(max_length=64)
    proposer_person_id = models.BigIntegerField(null=True)
    decided = models.DateTimeField(null=True)
    decider = models.CharField(max_length=64, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    forgotten = models.DateTimeField(null=True)
    extra = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("ask")
        constraints = [
            models.CheckConstraint(condition=Q(valid_until__gte=F("valid_from")), name="ask_validity"),
        ]
        indexes = [
            models.Index(fields=["state", "valid_until"], name="ask_state"),
            models.Index(fields=["-id"], name="ask_newest"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def ground_is_over(self) -> bool:
        """Whether the document that it names as its ground no longer holds today."""
        return self.document is not None and self.document.is_over(clock.today())


class AskAnswer(models.Model):
    """What a place or a body owes and answers to an ask for one period: numbers of cells, and the sealed content.

    With an `organization` that body answers for itself, and `place` is where it lies; without one the place answers.
    `content` holds what was typed and decided for each cell and, once answered, every value as it went out. It is of
    this ask alone: nothing searches it, nothing joins it to anything else, and the retention job destroys it.
    """

    id = models.BigAutoField(primary_key=True)
    ask = models.ForeignKey(Ask, on_delete=models.PROTECT, related_name="answers")
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="ask_answers")
    organization = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, null=True, related_name="ask_answers"
    )
    period = models.CharField(max_length=24, blank=True)
    due = models.DateTimeField()
    short = models.BooleanField(default=False)
    sent = models.DateTimeField()
    answered = models.DateTimeField(null=True)
    actor = models.CharField(max_length=64, blank=True)
    cells = models.PositiveIntegerField(default=0)
    filled = models.PositiveIntegerField(default=0)
    typed = models.PositiveIntegerField(default=0)
    uncollected = models.PositiveIntegerField(default=0)
    content = EncryptedTextField(context="accountability.askanswer.content")
    forgotten = models.DateTimeField(null=True)
    extra = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("answer to an ask")
        constraints = [
            models.UniqueConstraint(
                fields=["ask", "place", "period"], condition=Q(organization=None), name="ask_answer_once"
            ),
            models.UniqueConstraint(fields=["ask", "organization", "period"], name="ask_answer_body_once"),
            models.CheckConstraint(condition=Q(filled__lte=F("cells")), name="ask_answer_cells"),
        ]
        indexes = [
            models.Index(fields=["place", "-sent"], name="ask_answer_place"),
            models.Index(fields=["answered"], name="ask_answer_answered"),
        ]

    def __str__(self) -> str:
        return f"{self.ask_id} {self.place_id} {self.period}"

    @property
    def is_owed(self) -> bool:
        """Whether it is still to be given."""
        return self.answered is None and self.ask.state in OWING

    @property
    def days(self) -> str:
        """The days that it speaks of, as a page shows them; empty where it is asked once."""
        return self.period.replace("..", " – ")

    @property
    def answerer(self) -> str:
        """Who answers: the body, or the place."""
        return self.organization.name if self.organization is not None else self.place.name
