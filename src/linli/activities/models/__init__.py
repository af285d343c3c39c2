"""Activities, what people did in them, and what is certified of it."""

from linli.activities.models.activities import Activity
from linli.activities.models.certificates import ServiceCertificate
from linli.activities.models.service import ServiceRecord

__all__ = ["Activity", "ServiceCertificate", "ServiceRecord"]
