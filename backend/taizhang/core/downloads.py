"""Downloads (下载): files under their Chinese names."""

from urllib.parse import quote


def attached(file_name: str) -> str:
    """Content-Disposition of a file to be saved under a name (RFC 6266, RFC 5987)."""
    return f"attachment; filename*=UTF-8''{quote(file_name, safe='')}"
