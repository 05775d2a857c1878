"""The templates of pages and pictures: whatever they are given is escaped, and shown, never run."""

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

_UNPRINTABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def filled(template: str, /, **values: object) -> str:
    """A template of the folder ``templates`` with values in place. What is missing is a bug, and raises."""
    return _environment().get_template(template).render(**values)


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("compgraph.render"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_printable,
    )


def _printable(value: object) -> object:
    """A plain text without what no XML document can hold (XML 1.0, section 2.2)."""
    return _UNPRINTABLE.sub("\ufffd", value) if type(value) is str else value


def part(filled_before: str) -> "Markup":
    """What a template gave, to stand in another as it is."""
    from markupsafe import Markup

    return Markup(filled_before)  # noqa: S704  (our own template escaped it)
