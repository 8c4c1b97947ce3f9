"""Begins a data set: a folder with the files, and a dataset.toml that says what was guessed of them."""

from __future__ import annotations

import fnmatch
import json
import re
import shutil
from itertools import takewhile
from pathlib import Path

from helpers.datasets import paths
from helpers.errors import WrongUse
from helpers.ingestion.proposing.propose import Proposal, propose

_HEAD = """# Guessed by `workbench new` from the files: check every line. `workbench validate {name}` shows what
# it makes of them before anything is loaded.
name = "{name}"
title = "{title}"
currency = "EUR"                  # guessed: the files do not say
timezone = "UTC"                  # guessed: the shop's wall clock, such as Europe/Berlin
# history_ends = 2026-02-28       # only where the log has ended; else a report is as of last midnight

[report]
owner = "Somebody"                # who answers for the pages
contact = "somebody@example.com"

# Why people may be profiled; without it nobody is. State a basis with its reason, or the source of consents.
# [consent]
# basis = "contract"
# reason = "Customers agree to it in the terms of the loyalty programme."
"""
_TO_SAY = ["currency and timezone are guesses", "[report] wants an owner", "[consent] is missing: nobody is profiled"]


def create(name: str, files: list[Path]) -> list[str]:
    """Copy files to raw/ of a new data set and write its dataset.toml.

    Args:
        name: The data set, which must not be there yet.
        files: Files of one or more shapes.

    Returns:
        What was guessed and what is missing, as lines that a person reads.

    Raises:
        WrongUse: If the data set is there already, or a file is not.
        DataRefused: If a file holds nothing.
    """
    folder = paths.dataset(name)
    if paths.settings_file(name).exists():
        raise WrongUse(f"{paths.settings_file(name)} is there already; choose another name, or edit that file.")
    absent = [str(file) for file in files if not file.is_file()]
    if absent:
        raise WrongUse(f"{', '.join(absent)}: no such file.")
    names = [file.name for file in files]
    if len(set(names)) < len(names):
        raise WrongUse("Two of the files have one name; give them names of their own first.")
    proposals = propose(files)
    (folder / "raw").mkdir(parents=True, exist_ok=True)
    for file in files:
        shutil.copy2(file, folder / "raw" / file.name)
    called = _called(proposals)
    text = _HEAD.format(name=name, title=name.replace("_", " ").replace("-", " ").capitalize())
    text += "".join(_source(source, each, among=names) for source, each in zip(called, proposals, strict=True))
    (folder / "dataset.toml").write_text(text, encoding="utf-8")
    told = [line for source, each in zip(called, proposals, strict=True) for line in _told(source, each)]
    return [*told, "", "Still to be said in dataset.toml:", *(f"  {line}" for line in _TO_SAY)]


def _called(proposals: list[Proposal]) -> list[str]:
    """A name for each source, after its first file."""
    found: list[str] = []
    for proposal in proposals:
        stem = re.sub(r"[^a-z]+", "_", proposal.files[0].name.split(".")[0].lower()).strip("_") or "source"
        found.append(stem if stem not in found else f"{stem}_{len(found) + 1}")
    return found


def _pattern(files: list[str], among: list[str]) -> list[str]:
    """One pattern for files that are called alike and nothing else, else their names."""
    prefix, suffix = _common(files), _common([file[::-1] for file in files])[::-1]
    pattern = f"{prefix}*{suffix}"
    alike = len(files) > 1 and suffix and sorted(fnmatch.filter(among, pattern)) == sorted(files)
    return [pattern] if alike else files


def _common(texts: list[str]) -> str:
    """What all begin with."""
    return "".join(letters[0] for letters in takewhile(lambda each: len(set(each)) == 1, zip(*texts, strict=False)))


def _source(name: str, proposal: Proposal, *, among: list[str]) -> str:
    keys = {"name": name, "files": _pattern([file.name for file in proposal.files], among)} | proposal.keys
    lines = ["", "[[source]]", *(f"{key} = {_toml(value)}" for key, value in keys.items())]
    lines += ["", "[[source.emit]]", *(f"{key} = {_toml(value)}" for key, value in proposal.emit.items())]
    lines += [
        f"{key} = {{ {', '.join(f'{kind} = {_toml(value)}' for kind, value in pairs.items())} }}"
        for key, pairs in (("external_ids", proposal.identifiers), ("values", proposal.values))
        if pairs
    ]
    lines += [f"# not used: {', '.join(proposal.unused)}"] if proposal.unused else []
    return "\n".join([*lines, ""])


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    # An expression is easier to read where its quotes need no backslash.
    if isinstance(value, str) and '"' in value and "'''" not in value:
        return f"'''{value}'''"
    return json.dumps(value, ensure_ascii=False)


def _told(source: str, proposal: Proposal) -> list[str]:
    count = len(proposal.files)
    form, columns = proposal.keys["format"], len(proposal.keys["columns"])
    lines = [f"{source}: {count} file{'s' * (count > 1)}, {form}, {columns} columns"]
    lines += [f"  {key:<18} {value}" for key, value in (proposal.emit | proposal.identifiers | proposal.values).items()]
    lines += [f"  not used           {', '.join(proposal.unused)}"] if proposal.unused else []
    return lines + [f"  missing            {line}" for line in proposal.missing]
