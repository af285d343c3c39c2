"""Activities, their programmes and shifts, who signed up, what people did in them, and what is certified of it."""

from linli.activities.models.activities import Activity, ActivityShift
from linli.activities.models.certificates import ServiceCertificate
from linli.activities.models.photos import ActivityPhoto
from linli.activities.models.programmes import ActivityProgramme
from linli.activities.models.service import CorrectionAsk, ServiceRecord
from linli.activities.models.signing import SignUp

__all__ = [
    "Activity",
    "ActivityPhoto",
    "ActivityProgramme",
    "ActivityShift",
    "CorrectionAsk",
    "ServiceCertificate",
    "ServiceRecord",
    "SignUp",
]
