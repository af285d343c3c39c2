"""Accounts: who may sign in. What they may do comes from the posts of the person behind the account."""

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    """Finds accounts by their natural key."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """The account with this name, whatever its case."""
        return self.get(username__iexact=username or "")


class User(AbstractBaseUser):
    """An account: a name or phone to sign in with, and the person it belongs to."""

    username = models.CharField(max_length=80, unique=True)
    phone_hash = models.BinaryField(max_length=32, null=True, unique=True)
    email = models.EmailField(blank=True)
    person = models.OneToOneField("organizations.Person", on_delete=models.PROTECT, null=True, related_name="account")
    display_name = models.CharField(max_length=60, blank=True)
    language = models.CharField(max_length=10, default="zh-hans")
    elder_mode = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)
    joined = models.DateTimeField()

    objects = UserManager()
    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("account")

    def __str__(self) -> str:
        return self.display_name or self.username


class PaperCode(models.Model):
    """A one-time code on paper, by which the holder of a new account sets the first password. Kept as a hash."""

    id = models.BigAutoField(primary_key=True)
    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="paper_code")
    code_hash = models.BinaryField(max_length=32)
    made = models.DateTimeField()
    expires = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("paper code")

    def __str__(self) -> str:
        return str(self.user_id)


class Look(models.Model):
    """One look at personal data: who unmasked what, when and why; or one export: which list, how many rows.

    Looks are no business rows. An export names its list in `field`, its filters in `reason`.
    """

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=64)
    subject_type = models.CharField(max_length=48)
    subject_id = models.BigIntegerField(null=True)
    field = models.CharField(max_length=80)
    reason = models.CharField(max_length=200)
    rows = models.PositiveIntegerField(null=True)

    class Meta:
        verbose_name = _("look")
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="look_subject")]

    def __str__(self) -> str:
        return f"{self.actor} {self.subject_type} {self.subject_id}"
