"""Tables (全部数据表): imports every model, so that metadata and mappers are whole. Composition only."""

from taizhang.accounts import models as accounts
from taizhang.annual_reports import models as annual_reports
from taizhang.attachments import models as attachments
from taizhang.audit import models as audit
from taizhang.calendars import models as calendars
from taizhang.core import idempotency
from taizhang.core.columns import Table
from taizhang.finding import models as finding
from taizhang.indicators import models as indicators
from taizhang.notifications import models as notifications
from taizhang.plans import models as plans
from taizhang.progress import models as progress
from taizhang.progress.roundtrip import models as roundtrip
from taizhang.registers import models as registers
from taizhang.units import models as units
from taizhang.workflow import models as workflow

METADATA = Table.metadata

__all__ = [
    "METADATA",
    "accounts",
    "annual_reports",
    "attachments",
    "audit",
    "calendars",
    "finding",
    "idempotency",
    "indicators",
    "notifications",
    "plans",
    "progress",
    "roundtrip",
    "registers",
    "units",
    "workflow",
]
