"""A server of Oxigraph's that can be written to, as a user would start one."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from socket import create_server

OXIGRAPH = Path(sys.executable).parent / "oxigraph"


@contextmanager
def oxigraph(folder: Path, *options: str) -> Iterator[str]:
    """Its address, for as long as the `with` block lasts; empty to begin with."""
    with create_server(("127.0.0.1", 0)) as free:
        address = f"127.0.0.1:{free.getsockname()[1]}"
    log = folder / "log"
    with log.open("wb") as told:
        command = [str(OXIGRAPH), "serve", "--location", str(folder / "store"), "--bind", address, *options]
        process = subprocess.Popen(command, stdout=told, stderr=told)
    try:
        while "Listening" not in log.read_text():
            assert process.poll() is None, log.read_text()
            time.sleep(0.02)
        yield f"http://{address}"
    finally:
        process.terminate()
        process.wait()
