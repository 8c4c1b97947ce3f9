"""Files made of a known list of records and faults, and what ingestion says of them: the same list."""

import csv
import gzip
import io
import json
import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from helpers.datasets import paths
from helpers.ingestion import ingest

COLUMNS = ["id", "at", "who", "pieces", "total", "what", "note"]
BLOCKS = """
    columns = ["id", "at", "who", "pieces", "total", "what", "note"]
    max_bad_share = 1.0
    required = false
    [[source.reject]]
    reason = "test_till"
    when = "who = 'till'"
    [[source.emit]]
    event_from = "what"
    when = "what <> 'Nothing'"
    message_id = "id"
    timestamp = "at"
    user_id = "who"
    quantity = "pieces"
    revenue = "total"
    page_category = "note"
"""
SOURCES = (
    f'\n    [[source]]\n    name = "csv"\n    files = ["*.csv*"]\n    format = "delimited"{BLOCKS}'
    f'\n    [[source]]\n    name = "json"\n    files = ["*.jsonl*"]\n    format = "jsonl"{BLOCKS}'
)
START = datetime(2025, 1, 1)
# What a record says instead, and why it is refused for it.
WRONG = {
    "not_a_time": {"at": "soon"},
    "too_early": {"at": "1970-01-01"},
    "in_the_future": {"at": "2031-01-01"},
    "missing": {"at": ""},
    "not_a_whole_number": {"pieces": "1.5"},
    "negative": {"pieces": "-2"},
    "not_a_number": {"total": "1e400"},
    "too_long": {"note": "x" * 2001},
    "test_till": {"who": "till"},
}
# Damage to the line itself; a quote can only be stray in delimited text.
RAGGED = {"missing_columns": lambda line: line.rsplit(b",", 3)[0], "too_many_columns": lambda line: line + b",more"}
STRAY = {"stray_quote": lambda line: line + b'"'}
BYTES = {"undecodable": lambda line: line + b"\xff"}
CUT = {"not_json": lambda line: line[:-5]}
TEXTS = st.text(st.sampled_from("abé'<>{}$=\u202e\n;|"), max_size=6)


@dataclass
class Record:
    """One record: its values, and what is wrong with it: a reason, "skipped", or nothing."""

    values: dict[str, str]
    fault: str | None


@st.composite
def records(draw, *, damages):
    number = draw(st.integers(0, 25))
    values = {
        "id": f"e{number}", "at": str(START + timedelta(hours=number)), "who": f"u{number % 4}", "pieces": "1",
        "total": "2.50", "what": "Page Viewed", "note": draw(TEXTS),
    }  # fmt: skip
    fault = draw(st.sampled_from([None] * 12 + ["skipped", *WRONG, *damages]))
    if fault == "skipped":
        values["what"] = "Nothing"
    return Record(values | WRONG.get(fault, {}), fault)


def delimited(record):
    out = io.StringIO()
    quoting = csv.QUOTE_MINIMAL if record.fault in RAGGED | STRAY | BYTES else csv.QUOTE_ALL
    csv.DictWriter(out, COLUMNS, lineterminator="", quoting=quoting).writerow(record.values)
    return out.getvalue().encode()


def as_json(record):
    return json.dumps(record.values, ensure_ascii=False).encode()


def write(records, *, header, line, damages, blanks):
    """The bytes of a file, and the line on which each of its records starts."""
    content, starts = header, []
    for number, record in enumerate(records):
        if number in blanks:
            content += b"\n"
        starts.append(content.count(b"\n") + 1)
        text = line(record)
        content += damages.get(record.fault, lambda text: text)(text) + b"\n"
    return content, starts


def expected(files):
    """Rejects as (file, line, reason), the notes under each id that is kept, and the counts of each file."""
    rejects, counts, kept = [], {}, {}
    for file, (listed, starts) in files.items():
        faults = [record.fault for record in listed]
        bad = [fault for fault in faults if fault not in (None, "skipped")]
        rejects += [(file, line, f) for line, f in zip(starts, faults, strict=True) if f not in (None, "skipped")]
        counts[file] = {"read": len(listed), "rejected": len(bad), "skipped": faults.count("skipped")}
        for record in listed:
            if record.fault is None:
                kept.setdefault(record.values["id"], set()).add(record.values["note"].strip(" "))
    return sorted(rejects), kept, counts


FAULTS = {"csv": RAGGED | STRAY | BYTES, "jsonl": CUT}


@st.composite
def deliveries(draw):
    """Files by name: (records, bytes, lines)."""
    made = {}
    for number in range(draw(st.integers(1, 4))):
        kind = draw(st.sampled_from(["csv", "jsonl"]))
        damages = FAULTS[kind]
        listed = draw(st.lists(records(damages=damages), max_size=15))
        for record in listed:
            if record.fault in damages:
                # A damaged line is one line, and its quotes are the damage.
                record.values["note"] = "x"
        header, line = (",".join(COLUMNS).encode() + b"\n", delimited) if kind == "csv" else (b"", as_json)
        blanks = draw(st.sets(st.integers(0, 15), max_size=3))
        content, starts = write(listed, header=header, line=line, damages=damages, blanks=blanks)
        packed = draw(st.booleans())
        name = f"f{number}.{kind}{'.gz' if packed else ''}"
        made[name] = (listed, starts, gzip.compress(content, mtime=0) if packed else content)
    return made


# A file that fails is small enough to read; to shrink it takes minutes.
@settings(suppress_health_check=list(HealthCheck), deadline=None, max_examples=40, phases=set(Phase) - {Phase.shrink})
@given(files=deliveries())
def test_what_was_put_in_comes_out_and_what_was_spoilt_is_named(make_shop, files):
    # The same bytes twice are one delivery, which other tests look at.
    files = {name: files[name] for name in {files[name][2]: name for name in sorted(files, reverse=True)}.values()}
    shutil.rmtree(paths.dataset("tiny"), ignore_errors=True)
    shop = make_shop(SOURCES, {name: content for name, (_, _, content) in files.items()})
    ingest(shop)
    rejects, kept, counts = expected({name: (listed, starts) for name, (listed, starts, _) in files.items()})
    found = shop.frame("rejects")
    assert sorted(zip(found["file"], found["line"], found["reason"], strict=True)) == rejects
    events = shop.frame("events")
    assert sorted(events["message_id"]) == sorted(kept)
    said = events["page_category"].where(events["page_category"].notna(), "")
    assert all(note in kept[message] for message, note in zip(events["message_id"], said, strict=True))
    ledger = shop.frame("ledger").set_index("file")
    for file, count in counts.items():
        row = ledger.loc[file]
        assert {part: row[f"rows_{part}"] for part in ("read", "rejected", "skipped")} == count
        assert row["rows_read"] == row[[f"rows_{p}" for p in ("kept", "rejected", "duplicate", "skipped")]].sum()
    assert ledger["rows_kept"].sum() == len(kept)
