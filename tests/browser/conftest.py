"""Pages to open, and a browser that notes whatever a page should not do."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from helpers.datasets import paths
from helpers.runs.hooks import Hooks
from helpers.runs.log import Log
from helpers.runs.run import Request, run
from helpers.simulate import write_shop

CHROMIUM = os.environ.get("WORKBENCH_CHROMIUM", "/usr/bin/chromium")
DESKTOP, PHONE = {"width": 1100, "height": 900}, {"width": 390, "height": 844}


@dataclass
class Visit:
    """A page that is open, and what it did that no page should do."""

    page: Page
    requests: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    @property
    def deeds(self) -> list[str]:
        """Everything that should not have happened."""
        return [*self.requests, *self.dialogs, *self.complaints]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, without a window."""
    with sync_playwright() as playwright:
        options = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=options)
        yield chromium
        chromium.close()


@pytest.fixture
def visit(browser: Browser) -> Callable[..., Any]:
    """Opens a file: `with visit(file, dark=True, phone=True) as visit:`; nothing is let out to the network."""

    @contextmanager
    def open_file(file: Path, *, dark: bool = False, phone: bool = False) -> Iterator[Visit]:
        context = browser.new_context(
            viewport=PHONE if phone else DESKTOP, color_scheme="dark" if dark else "light", accept_downloads=False
        )
        try:
            visited = Visit(context.new_page())
            own = file.resolve().as_uri()

            def note(route: Any) -> None:
                address = route.request.url
                if address.split("#")[0] == own or address.startswith("data:"):
                    route.continue_()
                else:
                    visited.requests.append(f"request: {address}")
                    route.abort()

            def dismiss(dialog: Any) -> None:
                visited.dialogs.append(f"dialog: {dialog.message}")
                dialog.dismiss()

            context.route("**/*", note)
            visited.page.on("dialog", dismiss)
            visited.page.on("pageerror", lambda error: visited.complaints.append(f"error: {error}"))
            visited.page.on("console", lambda line: visited.complaints.append(f"console: {line.text}"))
            visited.page.on("popup", lambda popup: visited.complaints.append(f"popup: {popup.url}"))
            visited.page.goto(own)
            yield visited
        finally:
            context.close()

    return open_file


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory, home_at: Callable[..., Any]) -> Path:
    """The folder of the demo's pages."""
    with home_at(tmp_path_factory.mktemp("demo")):
        write_shop(paths.raw("demo"), paths.truth("demo"))
        run(Request(dataset="demo"), log=Log("demo"), hooks=Hooks())
        return paths.latest("demo").resolve()
