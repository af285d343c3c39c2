"""Messages to the holders of accounts, how each wants to hear of them, and what was sent out of the house."""

from typing import ClassVar, Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.core.fields import EncryptedTextField
from linli.core.owned import Owned

# How long a text that leaves the house may be: a letter with the titles of a month fits.
TEXT: Final = 1000


class Message(models.Model):
    """One message in one inbox. Written once; only `read` changes, and only its reader sees that.

    `title` and `body` are words of people; `facts` fill the sentence of the kind. `key` is set by work that may
    run twice: one inbox holds a key once.
    """

    class Urgency(models.TextChoices):
        QUIET = "quiet", _("in the inbox only")
        NORMAL = "normal", _("by day")
        EMERGENCY = "emergency", _("at once")

    id = models.BigAutoField(primary_key=True)
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="messages")
    kind = models.CharField(max_length=48)
    title = models.CharField(max_length=200, blank=True)
    body = models.TextField(blank=True)
    facts = models.JSONField(default=dict)
    link = models.CharField(max_length=200, blank=True)
    urgency = models.CharField(max_length=12, choices=Urgency.choices, default=Urgency.NORMAL)
    subject_type = models.CharField(max_length=48, blank=True)
    subject_id = models.BigIntegerField(null=True)
    key = models.CharField(max_length=80, blank=True)
    at = models.DateTimeField()
    read = models.DateTimeField(null=True)

    owned: ClassVar = (Owned("user", "kind title body at read"),)

    class Meta:
        verbose_name = _("message")
        indexes = [
            models.Index(fields=["user", "-id"], name="message_inbox"),
            models.Index(fields=["user", "-id"], condition=models.Q(read=None), name="message_unread"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["user", "key"], condition=~models.Q(key=""), name="message_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.user_id}"


class Preference(models.Model):
    """How the holder of an account wants to hear of messages beside the inbox; without a row, not at all."""

    class Pace(models.TextChoices):
        DIGEST = "digest", _("one summary each working day")
        EACH = "each", _("each message by day")
        EMERGENCY = "emergency", _("emergencies only")

    user = models.OneToOneField("accounts.User", on_delete=models.CASCADE, related_name="preference")
    channel = models.CharField(max_length=24)
    address = EncryptedTextField(context="messaging.preference.address")
    pace = models.CharField(max_length=12, choices=Pace.choices, default=Pace.DIGEST)

    owned: ClassVar = (Owned("user", "channel address pace"),)

    class Meta:
        verbose_name = _("way to be told")

    def __str__(self) -> str:
        return f"{self.user_id} {self.channel}"


class Delivery(models.Model):
    """One short text that leaves the house by a channel. The address is forgotten when it has arrived.

    `opt_out` is the page where its receiver says that they want no more of them; mail carries it in its headers.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SENT = "sent", _("sent")
        FAILED = "failed", _("failed for good")

    id = models.BigAutoField(primary_key=True)
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    key = models.CharField(max_length=80, unique=True)
    channel = models.CharField(max_length=24)
    address = EncryptedTextField(context="messaging.delivery.address")
    text = models.CharField(max_length=TEXT)
    opt_out = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    made = models.DateTimeField()
    due = models.DateTimeField()
    sent = models.DateTimeField(null=True)
    error = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("delivery")
        indexes = [
            models.Index(fields=["-id"], condition=models.Q(state="failed"), name="delivery_failed"),
            models.Index(fields=["made"], name="delivery_made"),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.state}"
