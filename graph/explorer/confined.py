"""Runs another program that can answer but not ask: no connection begins in it, no name is looked up.

    python -I -S confined.py PROGRAM ARGUMENT…

Oxigraph's server does what SERVICE in a query tells it, whoever sends the query. The endpoint refuses such queries;
this holds for what reaches the server's port by another way. Linux alone knows the means, a filter of system calls
(seccomp), and only on machines that are named here; elsewhere the program runs as it is.
"""

import ctypes
import os
import platform
import struct
import sys

# By machine: what a filter knows it by, and the numbers of socket, connect and io_uring_setup.
_MACHINES = {"x86_64": (0xC000003E, (41, 42, 425)), "aarch64": (0xC00000B7, (198, 203, 425))}
_NO_NEW_PRIVILEGES, _SECCOMP, _FILTER = 38, 22, 2
_ALLOW, _DENY = 0x7FFF0000, 0x00050000 | 13  # EACCES
# Steps of a filter, and where in what it looks at the call's number, the machine and the second argument stand.
_LOAD, _AND, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x54, 0x15, 0x35, 0x06
_NUMBER, _MACHINE, _SECOND = 0, 4, 24
_STREAM, _KIND = 1, 0xF
_OTHER_CALLS = 0x40000000  # x86-64's second set of numbers


def filter_for(machine: str) -> bytes:
    """The filter for a machine, empty where there is none: streams may be made and listened at, nothing be connected."""
    if machine not in _MACHINES:
        return b""
    name, (socket, connect, ring) = _MACHINES[machine]
    steps = [
        (_LOAD, 0, 0, _MACHINE),
        (_EQUAL, 0, 8, name),
        (_LOAD, 0, 0, _NUMBER),
        (_AT_LEAST, 6, 0, _OTHER_CALLS),
        (_EQUAL, 5, 0, connect),
        (_EQUAL, 4, 0, ring),
        (_EQUAL, 0, 4, socket),
        (_LOAD, 0, 0, _SECOND),
        (_AND, 0, 0, _KIND),
        (_EQUAL, 1, 0, _STREAM),
        (_RETURN, 0, 0, _DENY),
        (_RETURN, 0, 0, _ALLOW),
    ]
    return b"".join(struct.pack("HBBI", *step) for step in steps)


def confine() -> bool:
    """Keeps this process, and what it becomes, from connecting to anything; whether that could be done."""
    if sys.platform != "linux" or not (steps := filter_for(platform.machine())):
        return False
    system = ctypes.CDLL(None, use_errno=True)
    buffer = ctypes.create_string_buffer(steps, len(steps))
    program = ctypes.create_string_buffer(struct.pack("HP", len(steps) // 8, ctypes.addressof(buffer)))
    if system.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0):
        return False
    return not system.prctl(_SECCOMP, _FILTER, program, 0, 0)


if __name__ == "__main__":
    confine()
    os.execv(sys.argv[1], sys.argv[1:])
