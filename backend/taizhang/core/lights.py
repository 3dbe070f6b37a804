"""Light colours (红黄绿蓝灯): one set for every list that shows one. A light always comes with its words."""

from enum import StrEnum


class LightColour(StrEnum):
    """The colour, most urgent first."""

    RED = "red"
    YELLOW = "yellow"
    GREEN = "green"
    BLUE = "blue"
