"""Activities, and what people did in them."""

from linli.activities.models.activities import Activity
from linli.activities.models.service import ServiceRecord

__all__ = ["Activity", "ServiceRecord"]
