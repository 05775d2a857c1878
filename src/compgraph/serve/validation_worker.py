"""The process that validates one document: ``python validation_worker.py DOCUMENT MEMORY ROOT...``.

It prints the findings as JSON, or an object with the one member ``problem``.
"""

import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from compgraph.errors import CompgraphError
from compgraph.render.findings_formats import json_text
from compgraph.store.worker import limit_memory
from compgraph.terms import PREFIXES
from compgraph.validate import Finding, check
from compgraph.validate.files import UNREADABLE
from compgraph.workspace import Workspace


def main(document: str, memory: int, roots: Sequence[str]) -> str:
    """What is printed."""
    limit_memory(memory)
    try:
        report = check(Workspace(tuple(map(Path, roots))), [Path(document)])
    except CompgraphError as error:
        return json.dumps({"problem": str(error)})
    told = json.loads(json_text(replace(report, findings=tuple(map(_without_folders, report.findings))), PREFIXES))
    for finding in told["findings"]:
        if finding["rule"] == UNREADABLE:  # such a finding is about the file, which it names by its address
            finding["node"] = finding["file"]
    return json.dumps(told, ensure_ascii=False, indent=2)


def _without_folders(finding: Finding) -> Finding:
    """The finding without what it would tell of the folders of this machine."""
    return finding if finding.file is None else replace(finding, file=Path(finding.file.name))


if __name__ == "__main__":
    sys.stdout.write(main(sys.argv[1], int(sys.argv[2]), sys.argv[3:]))
