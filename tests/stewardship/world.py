"""A tiny shop with every kind of raw file, one person to forget, and others whom the same things are about.

As a program it forgets, and kills itself with SIGKILL when a step is about to be noted as done, or a raw file has been
rewritten: `python world.py STEP IDENTIFIER`.
"""

from __future__ import annotations

import gzip
import json
import os
import signal
import sys
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd

import helpers
from helpers import ingestion, profiles
from helpers.datasets import paths
from helpers.runs import history, publish, tidy
from helpers.stewardship import forget
from helpers.stewardship.journal import Journal
from helpers.workbench import Shop

NAME = "tiny"
TOML = """
name = "tiny"
title = "A tiny shop"
currency = "EUR"
timezone = "Europe/Berlin"
history_ends = 2025-12-31
[report]
owner = "Somebody"
contact = "somebody@example.org"
[consent]
source = "consent"
[pseudonyms]
public_key = "public, for tests"
[[source]]
name = "orders"
files = ["orders*.csv"]
format = "delimited"
columns = ["id", "at", "who", "mail", "note", "amount"]
max_bad_share = 0.5
  [[source.emit]]
  when = "coalesce(note, '') <> 'void'"
  event = "Order Completed"
  timestamp = "at"
  user_id = "who"
  external_ids.email = "mail"
  order_id = "id"
  revenue = "amount"
[[source]]
name = "web"
files = ["web*.jsonl.gz"]
format = "jsonl"
columns = ["device", "ts", "user.id", "page"]
max_bad_share = 0.5
  [[source.emit]]
  event = "Page Viewed"
  timestamp = "ts"
  anonymous_id = "device"
  user_id = '"user.id"'
  page_path = "page"
[[source]]
name = "mails"
files = ["mails*.parquet"]
format = "parquet"
columns = ["mail", "ts", "remark"]
  [[source.emit]]
  event = "Email Opened"
  timestamp = "ts"
  external_ids.email = "mail"
[[source]]
name = "consent"
files = ["consent*.csv"]
format = "delimited"
columns = ["who", "at", "purpose", "status"]
  [[source.emit]]
  kind = "consent"
  user_id = "who"
  timestamp = "at"
  purpose = "purpose"
  status = "status"
[[source]]
name = "people"
files = ["people*.csv"]
format = "delimited"
columns = ["who", "mail", "tier"]
  [[source.emit]]
  kind = "attribute"
  user_id = "who"
  external_ids.email = "mail"
  values.tier = "tier"
"""
MAIL, USER, DEVICE = "Ann.Ahrens@example.com", "C100001", "device-4711-ann"
ANY = (f"email:{MAIL}", f"user_id:{USER}", f"anonymous_id:{DEVICE}")
# Lines of the person, in each file, marked by a leading "!"; the others are other people's.
ORDERS = [
    "id,at,who,mail,note,amount",
    f"!o1,2025-01-02 10:00,{USER},{MAIL},,10",
    "o2,2025-01-03 10:00,C200002,bob@example.com,,20",
    f'!o3,2025-02-02 10:00,{USER},,"a note\nof two lines",30',
    "o4,2025-02-03 10:00,C300003,joann.ahrens@example.com,,40",
    f"!o5,2025-03-02 10:00,,{MAIL.upper()},,50",
    "o6,2025-03-03 10:00,C200002,,,60",
    f"!o7,2025-03-04 10:00,{USER},{MAIL},void,70",
    f"!o8,not a time,{USER},{MAIL},,80",
    f"!o9,2025-03-05,{MAIL}",
    "o10,2025-03-06 10:00,C300003,,,-",
    "o11,2025-04-06 10:00,C300003,,,15",
]
WEB = [
    f'!{{"device":"{DEVICE}","ts":"2025-01-02 09:00","user":{{"id":"{USER}"}},"page":"/a"}}',
    f'!{{"device":"{DEVICE}","ts":"2025-01-05 09:00","page":"/b"}}',
    '{"device":"device-2","ts":"2025-01-03 09:00","user":{"id":"C200002"},"page":"/c"}',
    f'!{{"device":"{DEVICE}","ts":"2025-01-06 09:00","page":',
    '{"device":"device-2","ts":"2025-01-07 09:00","page":"/d"}',
]
CONSENT = ["who,at,purpose,status"] + [
    f"{'!' if who == USER else ''}{who},2024-12-01,{purpose},granted"
    for who in (USER, "C200002", "C300003")
    for purpose in ("profiling", "web_tracking", "email_tracking", "email_marketing")
]
PEOPLE = ["who,mail,tier", f"!{USER},{MAIL},gold", "C200002,bob@example.com,gold", "C300003,,basic"]
MAILS = [
    (MAIL.lower(), "2025-01-10 08:00", None),
    ("bob@example.com", "2025-01-10 08:00", None),
    ("joann.ahrens@example.com", "2025-01-11 08:00", None),
]


def lines(rows: list[str], *, without: bool = False, blank: bool = False) -> str:
    """The rows of a file as text; those of the person left out, or blank."""
    kept = []
    for row in rows:
        if not row.startswith("!"):
            kept.append(row)
        elif blank:
            kept.append("\n" * row.count("\n"))
        elif not without:
            kept.append(row[1:])
    return "\n".join(kept) + "\n"


def write(*, without: bool = False, prefix: str = "") -> None:
    """Write the raw files, with the person or without; `prefix` makes them another delivery."""
    raw = paths.raw(NAME)
    raw.mkdir(parents=True, exist_ok=True)
    if not (paths.dataset(NAME) / "dataset.toml").exists():
        (paths.dataset(NAME) / "dataset.toml").write_text(TOML, encoding="utf-8")
    for name, rows in (("orders", ORDERS), ("consent", CONSENT), ("people", PEOPLE)):
        (raw / f"{name}{prefix}.csv").write_text(lines(rows, without=without), encoding="utf-8")
    packed = gzip.compress(lines(WEB, without=without).encode(), mtime=0)
    (raw / f"web{prefix}.jsonl.gz").write_bytes(packed)
    mails = pd.DataFrame(MAILS[without:], columns=["mail", "ts", "remark"])
    mails.to_parquet(raw / f"mails{prefix}.parquet", index=False)


def rebuild() -> Shop:
    """Stand for the main job: tables and a page of a new run that becomes the latest."""
    started = datetime.now(UTC)
    run = started.strftime("%Y%m%dT%H%M%S%fZ")
    os.environ["WORKBENCH_RUN"] = run
    try:
        shop = helpers.open(NAME)
        ingestion.ingest(shop)
        profiles.build(shop)
    finally:
        del os.environ["WORKBENCH_RUN"]
    pages = paths.report_run(NAME, run)
    pages.mkdir(parents=True)
    (pages / "index.html").write_text("<html>nobody</html>", encoding="utf-8")
    past = history.Past(
        dataset=NAME, run=run, status="done", as_of=shop.as_of, started=started, ended=started, code="", base=None,
        as_latest=True, parameters={}, stages={}, tables=history.tables_of(NAME, run),
    )  # fmt: skip
    publish.write_json(pages / history.MANIFEST, past.as_json())
    publish.point(paths.latest(NAME), pages)
    return history.shop_of_latest(NAME)


def clear(holds) -> None:
    tidy.keep_latest_alone(NAME, holds)


def leave(identifier: str) -> Path:
    """Forget somebody as the command does."""
    return forget(history.shop_of_latest(NAME), identifier, rebuild=rebuild, clear=clear)


def contents() -> dict[str, str]:
    """The fingerprint of every table of the latest run."""
    run = history.latest(NAME).run
    metas = sorted(paths.run_tables(NAME, run).glob("*.meta.json"))
    return {meta["table"]: meta["content"] for meta in (json.loads(file.read_text()) for file in metas)}


def _kill_at(step: str) -> None:
    """Die, as by `kill -9`, when a step is about to be noted as done; "first raw file" dies within one."""
    keep, replace = Journal.keep, Path.replace

    def dying_keep(journal: Journal, name: str) -> None:
        if journal.done[-1:] == [step]:
            os.kill(os.getpid(), signal.SIGKILL)
        keep(journal, name)

    def dying_replace(self: Path, target: Path) -> Path:
        if step == "raw file" and Path(target).name == "orders.csv":
            os.kill(os.getpid(), signal.SIGKILL)
        done = replace(self, target)
        if step == "certificate" and Path(target).parent == paths.certificates(NAME):
            os.kill(os.getpid(), signal.SIGKILL)
        return done

    Journal.keep, Path.replace = dying_keep, dying_replace


if __name__ == "__main__":
    with suppress(IndexError):
        _kill_at(sys.argv[2])
    leave(sys.argv[1])
