"""Keys with which other programs come in. A key stands for a body at a place and may only what is written on it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


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
