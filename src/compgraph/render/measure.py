"""How much room a text takes in a picture, where nothing can measure it: an estimate that is rather too wide."""

_NARROW = frozenset("iIjl.,:;'|!()[]/ ·-ft r")
_WIDE = frozenset("mwMW@%—→←")


def text_width(text: str, size: float) -> float:
    """The width of a line in a sans serif font of ``size``, in the same unit."""
    return sum(_share(sign) for sign in text) * size


def wrapped(text: str, width: float, size: float) -> list[str]:
    """The lines of a text that is to be at most ``width`` wide; a word that is wider is cut."""
    lines = [""]
    for word in text.split():
        candidate = f"{lines[-1]} {word}".strip()
        if text_width(candidate, size) <= width:
            lines[-1] = candidate
            continue
        lines += [word] if lines[-1] else []
        lines[-1] = lines[-1] or word
        while text_width(lines[-1], size) > width and len(lines[-1]) > 1:
            lines[-1:] = _cut(lines[-1], width, size)
    return lines


def _cut(word: str, width: float, size: float) -> list[str]:
    fits = 1
    while fits < len(word) - 1 and text_width(word[: fits + 1], size) <= width:
        fits += 1
    return [word[:fits], word[fits:]]


def _share(sign: str) -> float:
    if sign in _NARROW:
        return 0.38
    if sign in _WIDE or ord(sign) >= 0x1100:
        return 1.0
    return 0.72 if sign.isupper() else 0.61
