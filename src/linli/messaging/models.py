"""Messages to the holders of accounts: what happened, about what, and when they read it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


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
