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
