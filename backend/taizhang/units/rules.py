"""Rules of the unit tree (机构树): fixed-width path segments, and who was valid when. Standard library only."""

from datetime import date

SEGMENT_WIDTH = 4
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
SEGMENTS = len(_DIGITS) ** SEGMENT_WIDTH


def segment(number: int) -> str:
    """The path segment of the n-th child, base 36, so that byte order is numeric order.

    Raises:
        ValueError: more children than a segment can count.
    """
    if not 0 <= number < SEGMENTS:
        raise ValueError(number)
    digits = ""
    for _ in range(SEGMENT_WIDTH):
        number, digit = divmod(number, len(_DIGITS))
        digits = _DIGITS[digit] + digits
    return digits


def child_path(parent: str, siblings: list[str]) -> str:
    """The path of a new child after all its siblings."""
    last = max((int(path[-SEGMENT_WIDTH:], len(_DIGITS)) for path in siblings), default=0)
    return parent + segment(last + 1)


def ancestors(path: str) -> list[str]:
    """The paths of the units above one, the root first."""
    return [path[:end] for end in range(SEGMENT_WIDTH, len(path), SEGMENT_WIDTH)]


def depth(path: str) -> int:
    """How deep a unit stands; the root is 1."""
    return len(path) // SEGMENT_WIDTH


def existed(valid_from: date | None, valid_to: date | None, on: date) -> bool:
    """Whether a unit existed on a day; both ends belong to its life."""
    return (valid_from is None or valid_from <= on) and (valid_to is None or on <= valid_to)
