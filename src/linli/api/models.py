"""Keys with which other programs come in, and webhooks by which they are told.

A key stands for a body at a place and may only what is written on it. What a webhook says is in announcing.py.
"""

import json
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.core.fields import EncryptedTextField


class ApiKey(models.Model):
    """A key: only its hash is kept, so that nobody can read it again; revoked, never erased."""

    id = models.BigAutoField(primary_key=True)
    key_hash = models.BinaryField(max_length=32, unique=True)
    label = models.CharField(max_length=80)
    owner = models.CharField(max_length=120)
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="+")
    abilities = models.JSONField(default=list)
    until = models.DateField()
    created = models.DateTimeField()
    created_by = models.CharField(max_length=64)
    revoked = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("API key")

    def __str__(self) -> str:
        return self.label


class KeyCount(models.Model):
    """How many requests came with a key in the minute of its last one, whichever server process answered them.

    The table is unlogged: it costs no write to disk, and nothing is lost when a crash empties it.
    """

    key = models.OneToOneField(ApiKey, on_delete=models.CASCADE, primary_key=True, related_name="+")
    minute = models.BigIntegerField()
    count = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("requests of an API key")

    def __str__(self) -> str:
        return f"{self.key_id}: {self.count}"


class Webhook(models.Model):
    """An address of another program that is told of steps of matters at a place and below.

    `seal` is the last seal of the journal that was read for it; what happened before `since` is not told. `home` is
    where this installation was reached when the webhook was made. It ends and is not erased; its secret is.
    `former` is the secret before the present one: until `former_until` everything is signed with both.
    """

    id = models.BigAutoField(primary_key=True)
    name = models.CharField(max_length=80)
    address = models.CharField(max_length=500)
    secret = EncryptedTextField(context="api.webhook.secret")
    former = EncryptedTextField(context="api.webhook.secret")
    former_until = models.DateTimeField(null=True)
    wants = models.JSONField(default=list)
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="+")
    home = models.CharField(max_length=200)
    created = models.DateTimeField()
    created_by = models.CharField(max_length=64)
    since = models.DateTimeField()
    seal = models.BigIntegerField(default=0)
    failing_since = models.DateTimeField(null=True)
    paused = models.DateTimeField(null=True)
    ended = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("webhook")

    def __str__(self) -> str:
        return self.name


class WebhookDelivery(models.Model):
    """One short text for one webhook. `event` names what happened, the same however often it is sent."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SENT = "sent", _("sent")
        FAILED = "failed", _("failed for good")

    id = models.BigAutoField(primary_key=True)
    webhook = models.ForeignKey(Webhook, on_delete=models.PROTECT, related_name="deliveries")
    event = models.CharField(max_length=48)
    body = models.TextField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    made = models.DateTimeField()
    due = models.DateTimeField()
    status = models.PositiveSmallIntegerField(null=True)
    error = models.CharField(max_length=60, blank=True)

    class Meta:
        verbose_name = _("delivery to a webhook")
        constraints = [models.UniqueConstraint(fields=["webhook", "event"], name="webhook_event_once")]
        indexes = [
            models.Index(fields=["webhook", "due", "id"], condition=models.Q(state="waiting"), name="webhook_due"),
            models.Index(fields=["webhook", "-id"], name="webhook_latest"),
            models.Index(fields=["made"], name="webhook_delivery_made"),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.state}"

    @property
    def said(self) -> dict[str, Any]:
        """What the text says."""
        return dict(json.loads(self.body))
