"""Proposes a dataset.toml for files that nobody has described yet, and says what it guessed."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from io import TextIOWrapper
from itertools import islice
from pathlib import Path

import pyarrow.parquet as pq

from helpers.datasets.engine import quote, quoted
from helpers.datasets.plan import tracking_plan
from helpers.errors import DataRefused
from helpers.ingestion.proposing import guess
from helpers.ingestion.reading.records import unpacked

SAMPLE = 1000
_DELIMITERS = ",;\t|"
# Words of logs, and what the tracking plan calls it.
_EVENTS = {
    "Product Viewed": r"(product_?)?(view|viewed|pv|view_?item|detail|product_?page|product|page_?product)",
    "Product Added": r"(add_?(to_?)?)?(cart|basket)|added_?to_?cart|product_?added",
    "Product Added to Wishlist": r"(fav|favou?rite|wishlist|add_?to_?wishlist)",
    "Product Removed": r"remove(d)?(_?from_?cart)?",
    "Checkout Started": r"(begin_?)?checkout(_?started)?",
    "Order Completed": r"(buy|bought|purchase(d)?|order(ed)?|sale|sold|order_?completed|transaction|completed|paid)",
    "Order Refunded": r"(refund(ed)?|return(ed)?)",
    "Products Searched": r"search(ed)?",
    "Page Viewed": r"(page_?view(ed)?|home(page)?|.*_page|page|visit)",
    "Email Opened": r"(email_?)?open(ed)?",
    "Email Link Clicked": r"(email_?)?click(ed)?",
    "Email Delivered": r"(email_?)?(delivered|sent|send)",
    "Signed In": r"(log_?in|signed_?in|sign_?in)",
}  # fmt: skip


@dataclass
class Proposal:
    """One source as it could be: its keys, and what was guessed of it and what not.

    Attributes:
        files: Files of one shape.
        keys: Keys of `[[source]]` to their values.
        emit: Keys of `[[source.emit]]` to their expressions.
        identifiers: Types of `external_ids` to their expressions.
        values: Attributes to their expressions.
        unused: Columns that no guess fits.
        missing: What a person has to say.
    """

    files: list[Path]
    keys: dict[str, object]
    emit: dict[str, str] = field(default_factory=dict)
    identifiers: dict[str, str] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)
    unused: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


def propose(files: list[Path]) -> list[Proposal]:
    """One proposal for each shape of files: equal format and columns.

    Raises:
        DataRefused: If a file holds nothing that could be read.
    """
    shapes: dict[str, Proposal] = {}
    samples: dict[str, dict[str, list[str]]] = {}
    for file in files:
        keys, sample = _shape(file)
        shape = json.dumps(keys)
        shapes.setdefault(shape, Proposal(files=[], keys=keys)).files.append(file)
        samples.setdefault(shape, sample)
    for shape, proposal in shapes.items():
        _map(proposal, samples[shape])
    return list(shapes.values())


def _shape(file: Path) -> tuple[dict[str, object], dict[str, list[str]]]:
    """How a file is written, and the first values of its columns."""
    if file.suffix == ".parquet":
        table = next(pq.ParquetFile(file).iter_batches(SAMPLE), None)
        rows = [] if table is None else table.to_pylist()
        columns = pq.read_schema(file).names
        texts = [["" if row[c] is None else str(row[c]) for c in columns] for row in rows]
        return {"format": "parquet", "columns": columns}, _columns(columns, texts)
    encoding = _encoding(file)
    lines = [line for line in _lines(file, encoding) if line.strip()]
    if not lines:
        raise DataRefused(f"{file} is empty: there is nothing to guess from.")
    declared = {"encoding": encoding} if encoding != "utf-8" else {}
    if lines[0].lstrip().startswith("{"):
        rows = [dict(_flat(json.loads(line))) for line in lines if _is_json(line)]
        columns = list(dict.fromkeys(key for row in rows for key in row))
        texts = [[row.get(column, "") for column in columns] for row in rows]
        return {"format": "jsonl", "columns": columns} | declared, _columns(columns, texts)
    delimiter = max(_DELIMITERS, key=lambda each: min(line.count(each) for line in lines[:20]))
    if delimiter in lines[0]:
        rows, form = list(csv.reader(lines, delimiter=delimiter)), "delimited"
        declared = ({"delimiter": delimiter} if delimiter != "," else {}) | declared
    else:
        rows = [line.split() for line in lines]
        form = "whitespace" if len(rows[0]) > 1 else "delimited"
    header = [cell.strip() for cell in rows[0]]
    if _is_header(header, rows[1:]):
        return {"format": form, "columns": header} | declared, _columns(header, rows[1:])
    columns = [f"column_{number}" for number in range(1, len(header) + 1)]
    return {"format": form, "header": False, "columns": columns} | declared, _columns(columns, rows)


def _encoding(file: Path) -> str:
    with unpacked(file) as stream:
        start = stream.read(2**20)
    if start[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    try:
        # The last characters may be cut in two.
        start[: max(len(start) - 4, 0) or len(start)].decode()
    except UnicodeDecodeError:
        return "latin-1"
    return "utf-8"


def _lines(file: Path, encoding: str) -> list[str]:
    name = {"utf-8": "utf-8-sig"}.get(encoding, encoding)
    with unpacked(file) as stream, TextIOWrapper(stream, encoding=name, errors="replace") as text:
        return list(islice(text, SAMPLE + 1))


def _is_json(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except ValueError:
        return False


def _flat(value: dict, before: str = "") -> Iterator[tuple[str, str]]:
    for key, inner in value.items():
        if isinstance(inner, dict):
            yield from _flat(inner, f"{before}{key}.")
        else:
            yield f"{before}{key}", "" if inner is None else inner if isinstance(inner, str) else json.dumps(inner)


def _is_header(first: list[str], rest: list[list[str]]) -> bool:
    """Names are different words, and no record says the same as they do."""
    words = all(re.search("[A-Za-z]", cell) and not re.match(r"[\d+-]", cell) for cell in first)
    return words and len({cell.lower() for cell in first}) == len(first) and first not in rest


def _columns(columns: list[str], rows: list[list[str]]) -> dict[str, list[str]]:
    whole = [row for row in rows if len(row) == len(columns)]
    return {column: [row[number].strip() for row in whole] for number, column in enumerate(columns)}


def _map(proposal: Proposal, sample: dict[str, list[str]]) -> None:
    """Fill in what names and values suggest; a column that is nothing known is left to the person."""
    if not proposal.keys.get("header", True):
        proposal.missing.append("it has no header: name its columns, in order")
    times = {column: found for column, values in sample.items() if (found := guess.moment(column, values))}
    meanings = _meanings({column: values for column, values in sample.items() if column not in times})
    kind = _kind(set(meanings.values()), list(times.values()))
    if times:
        proposal.keys["timestamps"] = "offset" if next(iter(times.values())).offset else "local"
    {"event": _as_event, "campaign": _as_campaign, "product": _as_product, "attribute": _as_attributes}[kind](
        proposal, sample, meanings, {column: found.expression for column, found in times.items()}
    )


def _meanings(sample: dict[str, list[str]]) -> dict[str, str]:
    """Column to what it could be, each meaning once; a column that is called by its meaning goes first."""
    found: dict[str, str] = {}
    for exact in (True, False):
        for column, values in sample.items():
            meaning = guess.meaning(column, values)
            if meaning and meaning not in found.values() and (guess.plain(column) == meaning) >= exact:
                found.setdefault(column, meaning)
    return found


def _kind(meanings: set[str], times: list[guess.Moment]) -> str:
    """What a record is: something that happened, a campaign, a product, or what is known of somebody."""
    whose = meanings & {"user_id", "anonymous_id", "email", "phone"}
    if "campaign_id" in meanings and not whose and len(times) == 2:
        return "campaign"
    if times:
        return "event"
    return "product" if "product_id" in meanings and not whose else "attribute" if whose else "event"


def _as_event(
    proposal: Proposal, sample: dict[str, list[str]], meanings: dict[str, str], times: dict[str, str]
) -> None:
    emit = {"timestamp": next(iter(times.values()), "'2000-01-01'")}
    if not times:
        proposal.missing.append("no column holds times; `timestamp` must say when it happened")
    left = {column: values for column, values in sample.items() if column not in list(times)[:1]}
    said = next((column for column, values in left.items() if guess.names_events(column, values)), None)
    if said is not None:
        emit["event_from"] = _event_cases(proposal, said, left.pop(said))
    for column, values in left.items():
        meaning = meanings.get(column)
        if meaning in ("email", "phone"):
            proposal.identifiers[meaning] = f'lower(trim("{column}"))' if meaning == "email" else column
        elif meaning is None:
            proposal.unused.append(column)
        else:
            emit[meaning] = guess.amount(column, values) if meaning in ("price", "revenue", "discount") else column
    if {"price", "quantity"} <= set(emit) and "revenue" not in emit:
        price, pieces = (f"TRY_CAST({_column(emit[key])} AS DECIMAL(18, 4))" for key in ("price", "quantity"))
        emit["revenue"] = f"{pieces} * {price}"
    if said is None:
        emit["event"] = _one_event(proposal, emit)
    if not proposal.identifiers and not {"user_id", "anonymous_id"} & set(emit):
        proposal.missing.append("no column says whose it is; without `user_id` or another identifier it is nobody's")
    first = ["event", "event_from", "timestamp", "user_id", "anonymous_id"]
    proposal.emit = {key: emit[key] for key in sorted(emit, key=lambda key: first.index(key) if key in first else 9)}


def _as_campaign(
    proposal: Proposal, sample: dict[str, list[str]], meanings: dict[str, str], times: dict[str, str]
) -> None:
    starts, ends = times.values()
    proposal.emit = {"kind": "campaign"} | {
        meaning: column for column, meaning in meanings.items() if meaning in ("campaign_id", "campaign_name")
    }
    proposal.emit |= {"starts_at": starts, "ends_at": ends}
    proposal.unused = [each for each in sample if each not in (*proposal.emit.values(), *times)]


def _as_product(proposal: Proposal, sample: dict[str, list[str]], meanings: dict[str, str], _: dict[str, str]) -> None:
    known = {meaning: column for column, meaning in meanings.items()}
    kept = [key for key in ("product_id", "product_category", "price") if key in known]
    proposal.emit = {"kind": "product"} | {key: known[key] for key in kept}
    proposal.unused = [each for each in sample if each not in proposal.emit.values()]


def _as_attributes(
    proposal: Proposal, sample: dict[str, list[str]], meanings: dict[str, str], _: dict[str, str]
) -> None:
    known = {meaning: column for column, meaning in meanings.items()}
    proposal.emit = {"kind": "attribute"} | {key: known[key] for key in ("user_id", "anonymous_id") if key in known}
    proposal.identifiers = {key: known[key] for key in ("email", "phone") if key in known}
    whose = [*proposal.emit.values(), *proposal.identifiers.values()]
    rest = [column for column in sample if column not in whose]
    proposal.unused = [column for column in rest if guess.names_somebody(column)]
    proposal.values = {guess.plain(column): column for column in rest if column not in proposal.unused}


def _event_cases(proposal: Proposal, column: str, values: list[str]) -> str:
    """What each word of a column is called in the tracking plan."""
    words = sorted({value for value in values if value})
    planned = tracking_plan().events
    if set(words) <= set(planned):
        return column
    called = {word: _planned(word, planned) for word in words}
    if {"Product Added"} < set(called.values()) and list(called.values()).count("Product Added") > 1:
        # Where adding has a word of its own, the cart alone is only looked at.
        called |= {word: "Cart Viewed" for word in words if re.fullmatch("cart|basket", guess.plain(word))}
    unknown = [word for word, event in called.items() if event is None]
    if unknown:
        proposal.missing.append(
            f"{', '.join(map(repr, unknown[:8]))} of column {column!r}: no event of the tracking plan fits; they keep "
            "their names and count as violations until data/tracking_plan.toml knows them"
        )
    whens = ""
    for event in sorted({event for event in called.values() if event}):
        listed = quoted(word for word, each in called.items() if each == event)
        whens += f" WHEN {_column(column)} IN ({listed}) THEN {quote(event)}"
    return f"CASE{whens} ELSE {_column(column)} END" if whens else column


def _planned(word: str, planned: Iterable[str]) -> str | None:
    fits = [event for event, pattern in _EVENTS.items() if re.fullmatch(pattern, guess.plain(word))]
    return word if word in planned else next(iter(fits), None)


def _column(column: str) -> str:
    return column if re.fullmatch("[A-Za-z_]+", column) or "(" in column else f'"{column}"'


def _one_event(proposal: Proposal, emit: dict[str, str]) -> str:
    if {"order_id", "revenue", "quantity"} & set(emit):
        return "Order Completed"
    if "ticket_id" in emit:
        return "Support Ticket Opened"
    proposal.missing.append("no column says what happened; Page Viewed is a guess")
    return "Page Viewed"
