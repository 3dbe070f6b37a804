"""Numbers as documents write them (数字): digits of either width, Chinese numerals below a thousand, 百分之…."""

_DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {"○": 0, "零": 0, "两": 2}
_SCALES = {"十": 10, "百": 100}
NUMERAL = r"[一二两三四五六七八九十百零〇]"
# Bounded, so that a long run of digits is not tried from each of its places to its end.
NUMBER = rf"(?:\d{{1,9}}(?:\.\d{{1,4}})?|{NUMERAL}{{1,7}})"
_NARROW = str.maketrans("０１２３４５６７８９．％／－", "0123456789.%/-")


def narrowed(text: str) -> str:
    """The text with digits, 点, 百分号 of half width, as long as it was."""
    return text.translate(_NARROW)


def number_of(text: str) -> float:
    """The number of a text that matches ``NUMBER``."""
    if text[0].isdigit():
        return float(text)
    total, digit = 0, 0
    for char in text:
        if char in _SCALES:
            total += (digit or 1) * _SCALES[char]
            digit = 0
        else:
            digit = _DIGITS[char]
    return float(total + digit)


def year_of(text: str) -> int:
    """2023, 23 and 二〇二三 as a year."""
    digits = "".join(str(_DIGITS.get(char, char)) for char in text)
    return int(digits) + (2000 if len(digits) == 2 else 0)
