"""Photos of activities. They show people: only those who keep the activity see them, and nothing but pixels is kept."""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.activities.models.activities import Activity

KEY: Final = 64


class ActivityPhoto(models.Model):
    """A photo of an activity."""

    id = models.BigAutoField(primary_key=True)
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="photos")
    file = models.ForeignKey("core.FileRow", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    actor = models.CharField(max_length=KEY)

    class Meta:
        verbose_name = _("photo")

    def __str__(self) -> str:
        return f"{self.activity_id} {self.pk}"
