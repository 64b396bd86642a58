"""What is found once in something and kept with it: whoever opens a graph anew begins with nothing, and what was goes."""

from collections.abc import Callable
from functools import lru_cache, wraps
from threading import Lock
from typing import Any, Concatenate, ParamSpec, TypeVar
from weakref import WeakValueDictionary, ref

Owner = TypeVar("Owner")
P = ParamSpec("P")
T = TypeVar("T")


def kept(
    most: int | None = None,
) -> Callable[[Callable[Concatenate[Owner, P], T]], Callable[Concatenate[Owner, P], T]]:
    """Keeps what a function gives for its first argument with that; for other arguments, the last `most` or all.

    These must be hashable, and the first must be an object with attributes of its own.
    """

    def keep(function: Callable[Concatenate[Owner, P], T]) -> Callable[Concatenate[Owner, P], T]:
        @wraps(function)
        def found(owner: Owner, /, *args: P.args, **named: P.kwargs) -> T:
            own: dict[object, Callable[..., T]] = vars(owner).setdefault("_kept", {})
            if function not in own:
                own[function] = _once(lru_cache(most)(_of(owner, function)))
            return own[function](*args, **named)

        return found

    return keep


def _of(owner: Owner, function: Callable[..., T]) -> Callable[..., T]:
    """The function with its first argument given, which it does not hold, or the two would hold each other."""
    weak = ref(owner)

    def ask(*args: Any, **named: Any) -> T:
        there = weak()
        assert there is not None  # who asks has it
        return function(there, *args, **named)

    return ask


def _once(cached: Callable[..., T]) -> Callable[..., T]:
    """The function that who asks for the same meanwhile waits for: a cache alone lets each of them find it anew."""
    all_locks, locks = Lock(), WeakValueDictionary[object, Any]()

    def ask(*args: Any, **named: Any) -> T:
        with all_locks:
            lock = locks.setdefault((args, *named.items()), Lock())
        with lock:
            return cached(*args, **named)

    return ask
