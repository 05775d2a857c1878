"""Days and times of day as other formats write them."""

import re

_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})(?:(T\d{2}:\d{2}:\d{2}(?:\.\d+)?)(Z|[+-]\d{2}:\d{2})?)?")


def date_time(stated: str) -> str | None:
    """A date or a time as RFC 3339 writes a time, in UTC where no zone is stated; None for what is neither."""
    match = _DATE.fullmatch(stated)
    return f"{match[1]}{match[2] or 'T00:00:00'}{match[3] or 'Z'}" if match else None
