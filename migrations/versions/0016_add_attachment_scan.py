"""Keep what a virus scanner said of each attachment; those from before have not been scanned."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0016"
down_revision: str | None = "0015"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

STATES = sa.Enum(
    "unscanned", "clean", "infected", name="scan_state", native_enum=False, create_constraint=False, length=32
)


def upgrade() -> None:
    op.add_column(
        "attachment",
        sa.Column("scan", STATES, nullable=False, server_default="unscanned", comment="病毒查杀结果"),
    )
    op.alter_column("attachment", "scan", server_default=None)
    op.create_check_constraint(
        op.f("ck_attachment_scan_state"), "attachment", "scan IN ('unscanned', 'clean', 'infected')"
    )


def downgrade() -> None:
    op.drop_constraint(op.f("ck_attachment_scan_state"), "attachment")
    op.drop_column("attachment", "scan")
