"""nginx in front of two API processes (前置代理与两个进程), as docker-compose.yml arranges them, on this host."""

import os
import secrets
import shutil
import socket
import ssl
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from string import Template
from typing import Any

import httpx2
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

ROOT = Path(__file__).parents[2]
NGINX = shutil.which("nginx", path=os.environ["PATH"] + ":/usr/sbin") or "nginx"
NAME = "localhost"

SERVE = """
import sys, uvicorn
from taizhang.app import create_app
from taizhang.core.settings import Settings
uvicorn.run(create_app(Settings(), sys.argv[1]), host="127.0.0.1", port=int(sys.argv[2]), log_level="warning")
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def write_certificate(folder: Path) -> None:
    """A certificate for this host's name, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "tls.crt").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "tls.key").write_bytes(private)


def write_pages(folder: Path) -> None:
    """What a build leaves, in small."""
    (folder / "assets").mkdir(parents=True)
    (folder / ".vite").mkdir()
    (folder / "index.html").write_text('<!doctype html><script type="module" src="/assets/app-4f2a.js"></script>')
    (folder / "assets" / "app-4f2a.js").write_text("export const title = '台账';\n" * 100)
    (folder / ".vite" / "manifest.json").write_text("{}")


class Stack:
    """Two API processes and one nginx, all in a folder of their own."""

    def __init__(self, folder: Path, database: str) -> None:
        self.folder = folder
        self.database = database
        self.http, self.https, self.status = free_port(), free_port(), free_port()
        self.api_ports = [free_port(), free_port()]
        self.apis: list[subprocess.Popen[bytes] | None] = [None, None]
        self.nginx: subprocess.Popen[bytes] | None = None
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("TAIZHANG_")},
            "PYTHONPATH": os.pathsep.join(sys.path),
            "TAIZHANG_PUBLIC_URL": f"https://{NAME}",
            "TAIZHANG_SECRET_KEY": secrets.token_urlsafe(48),
            "TAIZHANG_DATA_DIR": str(folder / "data"),
            "TAIZHANG_FRONTEND_DIR": str(folder / "none"),
            "TAIZHANG_DATABASE_POOL_SIZE": "8",
        }

    def configuration(self) -> Path:
        """The deployed template, rendered for this host; only the upstreams are named differently."""
        template = Template((ROOT / "deploy/nginx/nginx.conf.template").read_text(encoding="utf-8"))
        servers = " ".join(f"server 127.0.0.1:{port} max_fails=1 fail_timeout=2s;" for port in self.api_ports)
        rendered = template.safe_substitute(
            RUN_DIR=self.folder,
            CONF_DIR=ROOT / "deploy/nginx",
            WEB_ROOT=self.folder / "pages",
            LISTEN_HTTP=f"127.0.0.1:{self.http}",
            LISTEN_HTTPS=f"127.0.0.1:{self.https}",
            LISTEN_STATUS=f"127.0.0.1:{self.status}",
            TLS_CERTIFICATE=self.folder / "tls.crt",
            TLS_KEY=self.folder / "tls.key",
            UPSTREAM_SERVERS=servers,
            SERVER_NAME=NAME,
        )
        path = self.folder / "nginx.conf"
        path.write_text(rendered, encoding="utf-8")
        return path

    def nginx_command(self) -> list[str]:
        """In the container nginx is started as an ordinary user; as root its workers must read a root-only folder."""
        user = "user root;" if os.geteuid() == 0 else ""
        return [NGINX, "-c", str(self.configuration()), "-e", "stderr", "-g", f"daemon off; {user}"]

    def start(self) -> None:
        write_certificate(self.folder)
        write_pages(self.folder / "pages")
        self.start_apis()
        with (self.folder / "access.log").open("wb") as log:
            self.nginx = subprocess.Popen(self.nginx_command(), stdout=log, stderr=log)
        self.wait_for(f"http://127.0.0.1:{self.status}/alive")

    def start_apis(self) -> None:
        """Start those that do not run."""
        for index, port in enumerate(self.api_ports):
            process = self.apis[index]
            if process is None or process.poll() is not None:
                command = [sys.executable, "-c", SERVE, self.database, str(port)]
                with (self.folder / f"api-{index}.log").open("ab") as log:
                    self.apis[index] = subprocess.Popen(command, env=self.environment, stdout=log, stderr=log)
        for port in self.api_ports:
            self.wait_for(f"http://127.0.0.1:{port}/readyz")

    def kill_api(self, index: int) -> None:
        process = self.apis[index]
        assert process is not None
        process.kill()
        process.wait()

    def stop(self) -> None:
        for process in (self.nginx, *self.apis):
            if process is not None:
                process.terminate()
        for process in (self.nginx, *self.apis):
            if process is not None:
                process.wait(30)

    @staticmethod
    def wait_for(url: str) -> None:
        deadline = time.monotonic() + 60
        while True:
            try:
                httpx2.get(url).raise_for_status()
                return
            except httpx2.HTTPError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.1)

    def browser(self, **options: Any) -> httpx2.Client:
        """A client that trusts this stack's certificate."""
        context = ssl.create_default_context(cafile=str(self.folder / "tls.crt"))
        return httpx2.Client(base_url=f"https://{NAME}:{self.https}", verify=context, timeout=30, **options)
