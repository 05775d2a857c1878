"""What was made once and may be needed again, as much of it as there is room for."""

from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

_Key = TypeVar("_Key", bound=Hashable)
_Value = TypeVar("_Value")


class Kept(Generic[_Key, _Value]):
    """Values with their sizes in bytes; what was not needed for longest goes when they come to more than ``most``."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._size = 0
        self._values: OrderedDict[_Key, tuple[_Value, int]] = OrderedDict()

    def get(self, key: _Key) -> _Value | None:
        """The value that is kept under a key."""
        if (found := self._values.get(key)) is None:
            return None
        self._values.move_to_end(key)
        return found[0]

    def keep(self, key: _Key, value: _Value, size: int) -> _Value:
        """The value, which is kept now unless it alone would take a tenth of the room."""
        if size <= self._most // 10 and key not in self._values:
            self._values[key] = value, size
            self._size += size
        while self._size > self._most:
            _, (_, freed) = self._values.popitem(last=False)
            self._size -= freed
        return value
