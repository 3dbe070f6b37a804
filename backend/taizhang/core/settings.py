"""Settings (运行参数): read once from the environment by the composition root, then passed as a value."""

from datetime import date
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

LOOPBACK_HOSTS = {"127.0.0.1", "localhost", "::1"}
MINIMUM_SECRET_BYTES = 32


class Settings(BaseSettings):
    """Every field is an environment variable ``TAIZHANG_<NAME>`` documented in ``docs/settings.md``."""

    model_config = SettingsConfigDict(env_prefix="TAIZHANG_", extra="forbid", secrets_dir=None)

    database_url: SecretStr | None = Field(
        default=None, description="PostgreSQL 18 连接地址；不填则在数据目录内启动内置 PostgreSQL"
    )
    database_url_file: Path | None = Field(default=None, description="存有连接地址的文件（容器密钥）")
    migration_url: SecretStr | None = Field(
        default=None, description="升级数据库用的连接地址（对象的主人）；不填则与连接地址相同"
    )
    migration_url_file: Path | None = Field(default=None, description="存有升级用连接地址的文件（容器密钥）")
    backup_database_url_file: Path | None = Field(
        default=None, description="备份用的连接地址：有 REPLICATION 且看得见全部行的角色；内置数据库不需要"
    )
    database_pool_size: int = Field(default=20, ge=1, le=100, description="每个进程的数据库连接数")
    data_dir: Path = Field(default=Path("var"), description="数据目录：内置数据库、附件、密钥、演示账号")
    secret_key: SecretStr | None = Field(
        default=None, description="令牌签名密钥（base64url，至少 32 字节）；不填则生成于数据目录"
    )
    secret_key_file: Path | None = Field(default=None, description="存有签名密钥的文件（容器密钥）")
    party_keys: SecretStr | None = Field(
        default=None, description="加密申请人信息的密钥，每行“编号:密钥”，第一行为现用；不填则生成于数据目录"
    )
    party_keys_file: Path | None = Field(default=None, description="存有加密密钥的文件（容器密钥）")
    today: date | None = Field(default=None, description="固定业务日期，仅供演示与测试；生产模式拒绝")
    production: bool = Field(default=False, description="生产模式")
    public_url: str = Field(default="http://127.0.0.1:8000", description="浏览器访问地址；非本机必须是 https")
    allowed_hosts: str = Field(default="", description="PUBLIC_URL 与本机之外还应答的主机名，逗号分隔")
    trusted_proxies: str = Field(default="127.0.0.1", description="反向代理的地址或网段，逗号分隔；只信它们给出的来源")
    staff_networks: str = Field(default="", description="容许登录的网段，逗号分隔；空则不限")
    frontend_dir: Path | None = Field(default=Path("frontend/dist"), description="前端构建产物目录；空则不提供页面")
    demo: bool = Field(default=False, description="是否为演示环境（登录页给出提示）")
    access_token_minutes: int = Field(default=10, ge=1, le=10, description="访问令牌有效分钟数")
    session_idle_minutes: int = Field(default=30, ge=5, le=30, description="会话闲置超时分钟数（等保：≤30）")
    session_absolute_hours: int = Field(default=12, ge=1, le=12, description="会话最长小时数")
    login_failures_before_lock: int = Field(default=5, ge=3, le=10, description="连续几次口令错误后锁定账号")
    password_profile: Literal["dengbao3", "plain"] = Field(
        default="dengbao3", description="口令规则：dengbao3 为等保三级，plain 为只看长度与常见口令"
    )
    require_totp: bool | None = Field(
        default=None, description="政务公开科、系统管理员、审计员须用动态口令；不填则生产模式要求，其余不要求"
    )
    near_due_days: int = Field(default=15, ge=0, le=60, description="要求到期前多少天亮黄灯")
    report_near_due_days: int = Field(default=5, ge=0, le=30, description="填报到期前多少天亮黄灯")
    deadline_near_workdays: int = Field(default=5, ge=0, le=20, description="法定期限剩余多少个工作日亮黄灯")
    attachment_max_bytes: int = Field(default=20 * 1024 * 1024, ge=1024, description="单个附件上限（字节）")

    attachment_quota_bytes: int = Field(default=2 * 1024**3, ge=1024, description="每个单位的附件合计上限（字节）")
    clamav_address: str | None = Field(
        default=None,
        pattern=r"^(/.+|.+:\d{1,5})$",
        description="病毒查杀服务 clamd：主机:端口或套接字路径",
    )
    storage_floor_bytes: int = Field(
        default=1024**3, ge=0, description="数据目录所在磁盘的空余少于此数（小盘为百分之五）时不再接受写入"
    )

    audit_keep_months: int = Field(
        default=36, ge=12, le=600, description="审计日志在库中至少留存的月数；更早的由 taizhang audit archive 归档"
    )

    @model_validator(mode="after")
    def _refuse_unsafe_production(self) -> Self:
        if self.production and self.today is not None:
            raise ValueError("生产模式不得固定业务日期（TAIZHANG_TODAY）")
        url = urlsplit(self.public_url)
        if url.scheme != "https" and url.hostname not in LOOPBACK_HOSTS:
            raise ValueError("TAIZHANG_PUBLIC_URL 不是本机地址时必须使用 https")
        for name in ("staff_networks", "trusted_proxies"):
            if getattr(self, name) != "*" or name == "staff_networks":
                _networks(getattr(self, name))
        return self

    @property
    def totp_required(self) -> bool:
        """Whether privileged roles must use a second factor."""
        return self.production if self.require_totp is None else self.require_totp

    @property
    def hosts(self) -> list[str]:
        """Every name the service answers to."""
        public = urlsplit(self.public_url).hostname or ""
        return [public, *_listed(self.allowed_hosts)]

    @property
    def staff_ranges(self) -> list[IPv4Network | IPv6Network]:
        """Where people may log in from; empty for anywhere."""
        return _networks(self.staff_networks)

    @property
    def external_database_url(self) -> str | None:
        """The configured database, or None for the embedded one."""
        if self.database_url_file is not None:
            return self.database_url_file.read_text(encoding="utf-8").strip()
        return self.database_url.get_secret_value() if self.database_url else None

    @property
    def external_migration_url(self) -> str | None:
        """The configured database as its owner, or None for the embedded one."""
        if self.migration_url_file is not None:
            return self.migration_url_file.read_text(encoding="utf-8").strip()
        return self.migration_url.get_secret_value() if self.migration_url else self.external_database_url

    @property
    def external_backup_url(self) -> str | None:
        """The configured database as the backup's role, or None where none was named."""
        if self.backup_database_url_file is not None:
            return self.backup_database_url_file.read_text(encoding="utf-8").strip()
        return None


def _listed(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _networks(text: str) -> list[IPv4Network | IPv6Network]:
    try:
        return [ip_network(part) for part in _listed(text)]
    except ValueError as error:
        raise ValueError(f"不是地址或网段：{error}") from error
