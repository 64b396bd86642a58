"""Shards at an address that several builds share, through fsspec: what one has read, none need read again.

Shards are named by all that they depend on, so a shard that lies there is the one that would be made. Whoever reads
a document puts its shard there: on a cluster that is the worker, not the machine that builds.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

from graph.errors import GraphError
from graph.manifest import shard_name


@dataclass(frozen=True, slots=True)
class Shelf:
    """A folder at an address (`s3://bucket/shards`, `file:///shared/shards`)."""

    address: str

    def take(self, key: str) -> bytes:
        """The shard of this key; none where there is none. GraphError where one cannot look there."""
        system, root = _open(self.address)
        try:
            data: bytes = system.cat_file(f"{root}/{shard_name(key)}")
            return data
        except FileNotFoundError:
            return b""
        except Exception as error:
            raise _closed(self.address, error) from error

    def put(self, key: str, shard: bytes) -> None:
        """Puts the shard of this key there. GraphError where that cannot be done."""
        system, root = _open(self.address)
        try:
            system.pipe_file(f"{root}/{shard_name(key)}", shard)
        except Exception as error:
            raise _closed(self.address, error) from error


@cache
def _open(address: str) -> tuple[Any, str]:
    try:
        from fsspec.core import url_to_fs

        # Folders are made on disks; to make them everywhere would make a bucket of each mistyped name.
        system, root = url_to_fs(address, **({"auto_mkdir": True} if address.startswith("file:") else {}))
    except Exception as error:
        raise _closed(address, error) from error
    return system, root.rstrip("/")


def _closed(address: str, error: Exception) -> GraphError:
    reason = " ".join(str(error).split()) or type(error).__name__
    return GraphError(f"{address}: shards cannot be kept there ({reason}); check the address and your rights there")
