"""The lines of Python that README.md shows are run, on the demo shop and as they stand there."""

from __future__ import annotations

import re

from helpers.datasets import paths


def test_the_cells_of_readme_run_one_after_the_other(demo, capsys):
    text = (paths.REPOSITORY / "README.md").read_text(encoding="utf-8")
    cells = re.findall(r"^```python\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    cells = [cell for cell in cells if "myshop" not in cell]
    assert len(cells) >= 2
    names = {}
    for cell in cells:
        exec(compile(cell, "README.md", "exec"), names)
    assert len(names["shop"].frame("profiles"))
    assert "searching_days" in capsys.readouterr().out
