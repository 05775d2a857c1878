"""The style sheet and the script of all pages."""

from compgraph.render.pictures import comparison_styles
from compgraph.render.templates import filled


def style_text() -> str:
    """The style sheet."""
    return comparison_styles() + filled("pages/site.css")


def script_text() -> str:
    """The script: search, for comfort. Every page works without it."""
    return filled("pages/site.js")


def live_script_text() -> str:
    """The script of what only a server can do: names completed, a file to validate. Every form works without it."""
    return filled("pages/live.js")
