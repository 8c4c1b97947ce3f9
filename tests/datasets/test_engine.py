from helpers.datasets.engine import connect


def setting(con, name):
    return con.con.execute("SELECT current_setting(?)", [name]).fetchone()[0]


def test_the_engine_is_in_memory_in_utc_in_order_and_installs_nothing():
    con = connect()
    assert con.con.execute("SELECT count(*) FROM duckdb_databases() WHERE path IS NOT NULL").fetchone() == (0,)
    assert setting(con, "TimeZone") == "UTC"
    assert setting(con, "preserve_insertion_order") is True
    assert setting(con, "autoinstall_known_extensions") is False


def test_threads_can_be_bounded(monkeypatch):
    monkeypatch.setenv("WORKBENCH_THREADS", "1")
    assert setting(connect(), "threads") == 1


def test_a_file_written_anew_at_once_is_read_as_it_is_now(tmp_path):
    con, file = connect().con, tmp_path / "x.parquet"
    for number in range(20):
        con.execute(f"COPY (SELECT {number % 2} AS a) TO '{file}' (FORMAT parquet)")
        assert con.execute(f"SELECT count(*) FROM read_parquet('{file}') WHERE a = {number % 2}").fetchone() == (1,)
        file.unlink()
