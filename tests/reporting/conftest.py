"""What a notebook would have shown, and small executed notebooks."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import matplotlib as mpl
import pytest
from matplotlib import pyplot as plt

from helpers.reporting import blocks, style


@pytest.fixture(autouse=True)
def _plots() -> Iterator[None]:
    with mpl.rc_context({"backend": "agg"}):
        style.use()
        yield
    plt.close("all")


@pytest.fixture
def hostile() -> str:
    """Text from data that would run, typeset, break out or hide if it were not shown word for word."""
    return """<script>alert(1)</script></td>{{ 7 * 7 }} $x^2$ "quoted' &amp; *a* [b](javascript:c) <img src=x>"""


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Every block displayed so far, as a notebook stores it."""
    outputs: list[dict[str, Any]] = []

    def display(data: dict[str, str], *, raw: bool, metadata: dict[str, Any]) -> None:
        assert raw
        outputs.append({"output_type": "display_data", "data": data, "metadata": metadata})

    monkeypatch.setattr(blocks, "display", display)
    return outputs


@pytest.fixture
def notebook(tmp_path: Path) -> Callable[..., Path]:
    """Writes an executed notebook: Markdown cells are texts, code cells (source, outputs, tags)."""

    def write(*cells: str | tuple[str, list[dict[str, Any]], list[str]], name: str = "note.ipynb") -> Path:
        stored = []
        for cell in cells:
            if isinstance(cell, str):
                stored.append({"cell_type": "markdown", "metadata": {}, "source": cell.splitlines(keepends=True)})
            else:
                source, outputs, tags = cell
                stored.append({"cell_type": "code", "metadata": {"tags": tags}, "source": source, "outputs": outputs})
        path = tmp_path / name
        path.write_text(json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": stored}))
        return path

    return write
