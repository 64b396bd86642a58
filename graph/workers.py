"""Worker processes that call functions within limits of time and memory, and are replaced when they end.

A document may take for ever, fill the memory or crash a library that is not written in Python; in a process of its
own it costs that process alone. A worker is asked for one call at a time, so it is known what ended it. It is a plain
child with pipes: those of `multiprocessing` may not be started by the daemonic workers of a cluster, and one of its
pools is lost as a whole with the first worker that dies. At a call that tells how far it is, since it may take hours,
a worker ends with the process that asks it.
"""

import faulthandler
import os
import pickle
import select
import signal
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any, BinaryIO, ClassVar, TypeVar

from graph.errors import GraphError
from graph.progress import Progress

T = TypeVar("T")
_PROGRAM = "import sys; sys.path[:] = {}; from graph.workers import serve; serve()"
_READY, _TOLD, _GAVE, _RAISED, _FULL = "ready", "told", "gave", "raised", "full"
# Threads of a library's own, one for each processor, would only be in the way of the other workers.
_ALONE = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
_TIME_IS_UP = 1  # the exit code that `faulthandler` gives
_CLOSED = (OSError, EOFError, pickle.UnpicklingError)


@dataclass(frozen=True, slots=True)
class Limits:
    """What a call may take: seconds by the clock, and mebibytes of memory.

    The memory is a worker's address space, which the kernel watches (Linux does; macOS and Windows do not): what
    asks for more fails at once, so no document can fill the machine before somebody has looked. A worker with the
    rules has 150 MiB.
    """

    seconds: float = 60
    memory: int = 2048


class Overrun(Exception):
    """A call that cost its worker; says what happened, as the end of a sentence about what was called.

    `advice` says what can be done about it.
    """

    advice: ClassVar[str]


class TookTooLong(Overrun):
    """It took more than its seconds."""

    advice = "--time-limit gives it more"


class NeededTooMuch(Overrun):
    """It took more than its memory."""

    advice = "--memory-limit gives it more"


class WorkerEnded(Overrun):
    """It ended the process: a library crashed, the system was short of memory."""

    advice = "if it is a report, report this with it"


class WorkersStopped(Exception):
    """`stop_workers` was called while a worker was at this call."""


class _Worker:
    """A process that calls functions, one at a time."""

    def __init__(self, limits: Limits) -> None:
        self.limits, self._stopped = limits, False
        self.at_work = False  # at a call that it has not answered
        # What it complains of goes to a file, closed when it ends: a pipe that nobody reads would fill up.
        self._complaints = tempfile.TemporaryFile()  # noqa: SIM115
        words = [sys.executable, "-c", _PROGRAM.format(sys.path)]
        pipe = subprocess.PIPE
        environment = _ALONE | os.environ
        self._process = subprocess.Popen(words, stdin=pipe, stdout=pipe, stderr=self._complaints, env=environment)
        _workers.add(self)
        try:
            self._ask(limits)
        except _CLOSED as error:
            self._process.wait()
            self._complaints.seek(0)
            said = self._complaints.read().decode(errors="replace").splitlines() or ["it does not say why"]
            self.end()
            raise GraphError(f"a worker process cannot start: {said[-1]}") from error

    def call(self, function: Callable[..., T], *arguments: object, progress: Progress | None = None) -> T:
        """What the function gives or raises; Overrun where the worker has ended."""
        began, self.at_work = time.monotonic(), True
        try:
            kind, value = self._ask((function, arguments, progress is not None))
            while kind == _TOLD and progress:
                getattr(progress, value[0])(*value[1:])
                kind, value = self._answer()
            self.at_work = False
        except _CLOSED as error:
            took, code = time.monotonic() - began, self.end()
            if took >= self.limits.seconds and code == _TIME_IS_UP:
                raise TookTooLong(f"took more than {self.limits.seconds:g} s") from error
            raise WorkerEnded(f"ended its worker process ({_name(code)})") from error
        if kind == _FULL:
            self.end()
            raise NeededTooMuch(f"needed more than {self.limits.memory} MiB of memory")
        if kind == _RAISED:
            raise value
        return value  # type: ignore[no-any-return]

    def _ask(self, request: object) -> tuple[str, Any]:
        assert self._process.stdin and self._process.stdout
        pickle.dump(pickle.dumps(request), self._process.stdin)
        self._process.stdin.flush()
        return self._answer()

    def _answer(self) -> tuple[str, Any]:
        assert self._process.stdout
        return pickle.load(self._process.stdout)  # type: ignore[no-any-return]

    def end(self) -> int:
        """Waits until a process that is ending has ended; its exit code. WorkersStopped where it was stopped."""
        _workers.discard(self)
        code = self._process.wait()
        for file in (self._process.stdin, self._process.stdout, self._complaints):
            with suppress(OSError):  # what was still to be written to it
                assert file
                file.close()
        if self._stopped:
            raise WorkersStopped
        return code

    def dismiss(self) -> None:
        """Ends the process, which is at no call."""
        assert self._process.stdin
        with suppress(OSError):
            self._process.stdin.close()
        self.end()

    def stop(self) -> None:
        """Ends the process whatever it is at; a call that waits for it raises WorkersStopped."""
        self._stopped = True
        self._process.kill()


# All of this process that may be used, and by their limits those that wait for a call. Whoever has taken one from there
# for a call ends it, where it has to be; others only kill it.
_workers: set[_Worker] = set()
_idle: defaultdict[Limits, list[_Worker]] = defaultdict(list)
_lock = threading.Lock()


def call(
    limits: Limits,
    function: Callable[..., T],
    *arguments: object,
    fresh: bool = False,
    progress: Progress | None = None,
) -> T:
    """Calls a function in a worker process, a `fresh` one for it alone where asked for; threads may call at the same time.

    With a `progress`, the function is given one as its argument of that name; what it tells that, this one hears, and
    the worker ends with this process, whatever it is at.
    Function, arguments and what it gives must be picklable. Raises what the function raises; Overrun where it went
    beyond the limits or ended the process; WorkersStopped; GraphError where no process can be started.
    """
    with _lock:
        waiting = [] if fresh else _idle[limits]
        worker = waiting.pop() if waiting else None
    worker = worker or _Worker(limits)
    try:
        return worker.call(function, *arguments, progress=progress)
    finally:
        with _lock:
            usable = worker in _workers and not worker.at_work
            if usable and not fresh:
                _idle[limits].append(worker)
        if worker.at_work:  # Ctrl-C, say: nobody waits for its answer any more
            worker.stop()
            with suppress(WorkersStopped):
                worker.end()
        elif not usable:
            worker.end()
        elif fresh:
            worker.dismiss()


def call_within(limits: Limits | None, function: Callable[..., T], *arguments: object) -> T:
    """Calls a function in a worker process, or here where there are no limits; raises what `call` raises.

    A call that ends its process is tried once more, with one of its own: what was called before it may have filled
    the memory, or the system may have ended the process for reasons of its own.
    """
    if limits is None:
        return function(*arguments)
    try:
        return call(limits, function, *arguments)
    except TookTooLong:
        raise
    except Overrun:
        return call(limits, function, *arguments, fresh=True)


def stop_workers(*, idle: bool = False) -> None:
    """Ends all worker processes of this process, or those that are `idle` alone."""
    with _lock:
        waiting = {worker for each in _idle.values() for worker in each}
        busy = set() if idle else _workers - waiting
        _workers.difference_update(waiting, busy)
        _idle.clear()
    for worker in waiting | busy:
        worker.stop()
    for worker in waiting:
        with suppress(WorkersStopped):
            worker.end()


def serve() -> None:
    """The worker's side: answers what it is asked until nobody can ask any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that asks; it ends this one
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer, and what it reads no request
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    limits: Limits = pickle.loads(pickle.load(requests))
    _limit_memory(limits.memory)
    with suppress(EOFError, BrokenPipeError):
        _send(answers, pickle.dumps((_READY, None)))
        while True:
            kind, answer = _answer(pickle.load(requests), limits.seconds, partial(_Teller, requests, answers))
            _send(answers, answer)
            if kind == _FULL:
                break
    os._exit(0)


class _Teller(Progress):
    """Tells the process that asks how far a call is, and ends this one when that has ended."""

    def __init__(self, requests: BinaryIO, answers: BinaryIO) -> None:
        self._answers = answers
        _end_with(requests)

    def stage(self, name: str, total: int | None = None) -> None:
        """Another stage has begun, of so many steps where that is known."""
        self._tell("stage", name, total)

    def advance(self, steps: int = 1) -> None:
        """So many more steps of the stage are done."""
        self._tell("advance", steps)

    def wait(self, what: str) -> None:
        """Something that may take long has begun, and has no steps to count."""
        self._tell("wait", what)

    def _tell(self, *what: object) -> None:
        _send(self._answers, pickle.dumps((_TOLD, what)))


def _end_with(requests: BinaryIO) -> None:
    """Ends this process when the one that asks has ended: what it writes may be what another is about to write.

    By a thread, which takes much of a small address space: not for every call.
    """
    if not hasattr(select, "poll"):
        return  # Windows: it ends when its call does
    closed = select.poll()
    closed.register(requests, 0)  # that nobody has the other end open any more is always told
    threading.Thread(target=lambda: (closed.poll(), os._exit(0)), daemon=True).start()


def _answer(request: bytes, seconds: float, teller: Callable[[], Progress]) -> tuple[str, bytes]:
    try:
        function, arguments, tells = pickle.loads(request)  # which may have to load its module first
        if tells:
            function = partial(function, progress=teller())
        # This clock runs in a thread that needs no turn of Python's, so no regular expression can hold it up.
        faulthandler.dump_traceback_later(seconds, exit=True)
        try:
            return _GAVE, pickle.dumps((_GAVE, function(*arguments)))
        finally:
            faulthandler.cancel_dump_traceback_later()
    except MemoryError:
        return _FULL, pickle.dumps((_FULL, None))
    except Exception as error:
        error.add_note(traceback.format_exc())
        return _RAISED, pickle.dumps((_RAISED, _picklable(error)))


def _picklable(error: Exception) -> Exception:
    try:
        pickle.loads(pickle.dumps(error))
        return error
    except Exception:
        return RuntimeError(f"{type(error).__name__}: {error}")


def _send(answers: BinaryIO, answer: bytes) -> None:
    answers.write(answer)
    answers.flush()


def _limit_memory(mebibytes: int) -> None:
    if sys.platform == "linux":
        import resource

        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        wanted = mebibytes << 20
        resource.setrlimit(resource.RLIMIT_AS, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))


def _name(code: int) -> str:
    """What an exit code of `subprocess` tells."""
    return signal.Signals(-code).name if -code in {each.value for each in signal.Signals} else f"exit code {code}"
