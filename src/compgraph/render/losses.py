"""What an export could not hold, for people and as a table."""

import textwrap
from collections.abc import Iterable, Iterator
from itertools import groupby

from compgraph.exchange import Exported, Loss


def losses_text(exported: Exported, *, name: str, format_: str, width: int) -> str:
    """How many statements were carried over, and those that were not, by reason."""
    lost = sum(loss.number for loss in exported.losses)
    lines = [f"{name} in {format_}: {exported.carried} of {exported.carried + lost} statements are in it."]
    if lost:
        lines.append("Not in it, or only by a weaker word:")
    by_reason = sorted(exported.losses, key=lambda loss: (loss.reason, loss.kind, -loss.number, loss.relation))
    for reason, group in groupby(by_reason, key=lambda loss: loss.reason):
        lines += textwrap.wrap(f"- {reason}. {'; '.join(_told(group))}", width, subsequent_indent="  ")
    return "".join(f"{line}\n" for line in lines)


def losses_table(exported: Exported) -> str:
    """A row for each kind of thing and relation, tab-separated, with a heading."""
    rows = ["kind\trelation\tnumber\treason", *("\t".join(map(str, loss)) for loss in exported.losses)]
    return "".join(f"{row}\n" for row in rows)


def _told(losses: Iterable[Loss]) -> Iterator[str]:
    for kind, group in groupby(losses, key=lambda loss: loss.kind):
        yield f"{kind}: " + ", ".join(f"{loss.relation} ({loss.number})" for loss in group)
