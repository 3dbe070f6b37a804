"""A relay from a TCP port to the embedded database's socket: ``python -m tests.trust.relay HOME HOST PORT``."""

import asyncio
import sys
from pathlib import Path

from taizhang.core.postmaster import PORT, read


async def _pipe(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    except OSError:
        pass
    finally:
        writer.close()


async def _serve(home: Path, host: str, port: int) -> None:
    found = read(home.resolve() / "pgdata")
    assert found is not None

    async def relay(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        near, far = await asyncio.open_unix_connection(f"{found.socket_dir}/.s.PGSQL.{PORT}")
        await asyncio.gather(_pipe(reader, far), _pipe(near, writer))

    async with await asyncio.start_server(relay, host, port) as server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_serve(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])))
