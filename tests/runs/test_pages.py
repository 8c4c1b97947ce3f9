from __future__ import annotations

from bs4 import BeautifulSoup

from helpers.runs import pages
from tests.runs import tiny
from tests.runs.test_tidy import past


def page(job, name):
    return BeautifulSoup((job.reports / "latest" / name).read_text(), "html.parser")


def counts(number: int) -> tuple[str, ...]:
    return tiny.STAMP, tiny.RECORD.replace('"value": 1', f'"value": {number}')


def test_every_page_leads_to_the_glossary_and_back(job):
    job.run()
    assert page(job, "02_profiles.html").find("a", href="glossary.html")
    assert page(job, "glossary.html").find("a", href="index.html")


def test_the_first_page_remembers_the_key_figures_of_earlier_runs(job):
    for as_of, number in (("2026-03-01", 100), ("2026-04-01", 250)):
        job.write(first=counts(number))
        job.run(as_of=as_of, publish=True)
    table = page(job, "index.html").find("caption", string="Key figures of earlier runs").find_parent("table")
    rows = [[cell.get_text() for cell in row.find_all(["th", "td"])] for row in table.select("tbody tr")]
    assert [row[0] for row in rows] == ["1 April 2026", "1 March 2026"]
    assert {"250"} <= set(rows[0])
    assert {"100"} <= set(rows[1])


def test_what_changed_is_said_by_definition_not_by_key(job):
    job.write(first=counts(100))
    job.run()
    assert "first run" in page(job, "index.html").find(id="what-changed").find_next("p").get_text()
    job.write(first=counts(120))
    job.run()
    said = page(job, "index.html").find(id="what-changed").find_parent("section").get_text()
    assert "d: 100 → 120 records." in said
    assert "ingestion.rows_read" not in said
    job.run()
    assert "Unchanged" in page(job, "index.html").find(id="what-changed").find_parent("section").get_text()


def test_other_code_is_said_to_have_changed(job, monkeypatch):
    monkeypatch.setattr("helpers.runs.publish.code_version", lambda: "0.0.9")
    job.run()
    monkeypatch.setattr(pages, "code_version", lambda: "0.1.0")
    job.run()
    said = page(job, "01_ingestion.html").find(id="what-changed").find_parent("section").get_text()
    assert "The code changed, from 0.0.9 to 0.1.0." in said


VERDICTS = """import pyarrow as pa
from helpers.datasets.tables.lift import LIFT_VERDICTS
columns = {each.name: each.dtype for each in LIFT_VERDICTS.columns}
texts = {name: "" for name, dtype in columns.items() if dtype == "string"} | {"experiment": "offer"}
said = {"new": ("ship", "Ship new of *offer*.", True), "old": ("stop", "Stop old of *offer*.", False)}
rows = [
    dict.fromkeys(columns) | texts
    | {"arm": arm, "day": moment.date(), "decision": what, "sentence": text, "stands": at}
    for arm, (what, text, at) in said.items()
]
schema = ibis.schema(columns).to_pyarrow()
_ = shop.write("lift_verdicts", shop.engine.create_table("said", pa.Table.from_pylist(rows, schema=schema), temp=True))
"""


def test_the_first_page_says_of_experiments_what_stands(job):
    job.run()
    assert page(job, "index.html").find(id="experiments") is None
    job.write(first=(tiny.STAMP, "import ibis\n" + VERDICTS, tiny.RECORD))
    job.run()
    lines = page(job, "index.html").find(id="experiments").find_parent("section").find_all("li")
    assert [line.decode_contents() for line in lines] == ["Ship new of <em>offer</em>."]


def test_a_source_without_a_file_makes_a_red_band_on_every_page(job):
    job.write(first=(tiny.STAMP.replace('"source_id": "orders"', '"source_id": "others"'), tiny.RECORD))
    job.run()
    for name in ("index.html", "01_ingestion.html", "02_profiles.html"):
        assert "No file was delivered by orders." in page(job, name).find(class_="alarm").get_text()
    assert "Not without care" in page(job, "index.html").find(id="trust").find_next("p").get_text()


def test_it_has_failed_since_the_first_of_the_failures_in_a_row(monkeypatch):
    runs = [past(4, status="failed"), past(3, status="failed"), past(2), past(1, status="failed")]
    monkeypatch.setattr(pages.history, "past", lambda name: runs)
    assert pages._failing_since("tiny", past(5).started) == past(3).started
    runs[:2] = []
    assert pages._failing_since("tiny", past(5).started) == past(5).started
