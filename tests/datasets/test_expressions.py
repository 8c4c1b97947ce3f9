import pytest

from helpers.datasets.engine import connect
from helpers.datasets.expressions import FUNCTIONS, columns_in, compile_expression

COLUMNS = ["a", "b", "Quantity", "when", "properties.order_id", "two words"]

FORBIDDEN = {
    "file": "read_text('/etc/passwd')",
    "file in an allowed function": "upper(read_text('/etc/passwd'))",
    "csv": "read_csv('x.csv')",
    "table": "FROM x",
    "subquery": "(SELECT 1)",
    "subquery in IN": "a IN (SELECT a FROM x)",
    "subquery in ANY": "a = ANY (SELECT 1)",
    "exists": "EXISTS (SELECT 1)",
    "star": "*",
    "columns": "COLUMNS('a')",
    "window": "row_number() OVER ()",
    "window over an allowed function": "lower(a) OVER ()",
    "count": "count(*)",
    "sum": "sum(a)",
    "max": "max(a)",
    "list": "list(a)",
    "any value": "any_value(a)",
    "environment": "getenv('HOME')",
    "setting": "current_setting('home_directory')",
    "clock": "now()",
    "today": "current_date",
    "moment": "current_timestamp",
    "randomness": "random()",
    "uuid": "uuid()",
    "prepared": "$1",
    "prepared by name": "$secret",
    "question mark": "a = ?",
    "colon": ":secret",
    "second statement": "a; DROP TABLE x",
    "alias": "a AS b",
    "alias before": "b: a",
    "lambda": "list_transform([a], x -> x)",
    "comprehension": "[x FOR x IN [a]]",
    "struct": "{'a': a}",
    "unnest": "unnest(a)",
    "pragma": "PRAGMA version",
    "copy": "COPY x TO 'y'",
    "attach": "ATTACH 'x.db'",
    "comma": "a, b",
    "nothing": "",
    "blank": "  ",
    "half": "a +",
    "unknown column": "c",
    "unknown column of a table": "x.a",
    "unknown function": "levenshtein(a, b)",
}


@pytest.mark.parametrize("text", FORBIDDEN.values(), ids=FORBIDDEN.keys())
def test_what_is_more_than_a_value_is_refused(text):
    with pytest.raises(ValueError, match=r"not allowed|not an expression|unknown column"):
        compile_expression(text, COLUMNS)


COMMENTS = [
    "a -- , read_text('x')",
    "a /* , read_text('x') */",
    "lower(a) -- */ , read_text('x') /*",
    "lower(a /* */ || '' -- x */ read_text('x')\n)",
    "/* read_text('x') */ a",
]


@pytest.mark.parametrize("text", COMMENTS)
def test_what_runs_holds_no_word_of_a_comment_that_the_engine_would_read(text):
    compiled = compile_expression(text, COLUMNS)
    con = connect().con
    assert con.execute(f"SELECT {compiled} FROM (SELECT 'X' AS a)").fetchone()[0] in ("X", "x")


# Texts as they stand in raw files.
ROW = {
    "a": " Ab-Cd ",
    "b": "3.50",
    "Quantity": "-2",
    "when": "2025-03-01 10:30:00",
    "properties.order_id": "o1",
    "two words": "",
}
ALLOWED = [
    "a",
    "'text'",
    "'it''s'",
    "12",
    "-1.5",
    "true",
    "NULL",
    "a || b",
    "TRY_CAST(b AS DECIMAL(10, 2)) * 2 + 1 - 0.5",
    "TRY_CAST(b AS DOUBLE) / 2",
    "7 % 4",
    "-TRY_CAST(Quantity AS INTEGER)",
    "b::DECIMAL(10, 2)",
    "TRY_CAST(a AS INTEGER)",
    "CASE WHEN Quantity LIKE '-%' THEN 'back' ELSE 'sold' END",
    "CASE a WHEN 'x' THEN 1 END",
    "if(b > '3', 'yes', 'no')",
    "a = 'x' OR NOT (b <> '4' AND b <= '9')",
    "b BETWEEN '1' AND '9'",
    "a IN ('x', 'y')",
    "a NOT IN ('x', 'y')",
    "nullif(\"two words\", '') IS NULL",
    "a IS NOT NULL",
    'CAST("when" AS TIMESTAMP) + INTERVAL 2 HOURS',
    "DATE '2025-01-01' + to_days(3)",
    "abs(-3)",
    "ceil(1.2)",
    "coalesce(nullif(b, '3.50'), 'none')",
    "concat(a, b)",
    "concat_ws('-', a, b)",
    "contains(a, 'C')",
    "date_trunc('month', CAST(\"when\" AS TIMESTAMP))",
    "datediff('day', DATE '2025-01-01', CAST(\"when\" AS DATE))",
    "ends_with(a, ' ')",
    "floor(-1.2)",
    "greatest(1, 3, 2)",
    "least(3, 1)",
    """json_extract_string('{"x": {"y": [5, 6]}}', '$.x.y[1]')""",
    "left(a, 3)",
    "right(a, 2)",
    "length(a)",
    "lower(trim(a))",
    "lpad(b, 6, '0')",
    "rpad(b, 6, '0')",
    "ltrim(a)",
    "rtrim(a)",
    "make_timestamp(2025, 1, 2, 3, 4, 5.5)",
    "md5(a)",
    "regexp_extract(a, '([A-Z])b', 1)",
    "regexp_matches(a, '^ A')",
    "regexp_replace(a, '[a-z]', 'z', 'g')",
    "replace(a, '-', '+')",
    "round(2.345, 2)",
    "split_part(a, '-', 2)",
    "starts_with(Quantity, '-')",
    "strftime(CAST(\"when\" AS TIMESTAMP), '%Y/%m/%d')",
    "strptime('20250102', '%Y%m%d')",
    "try_strptime(a, '%Y%m%d')",
    "substr(a, 2, 2)",
    "substring(a, 2, 2)",
    "suffix(a, ' ')",
    "to_hours(2)",
    "to_seconds(90)",
    "to_timestamp(1735689600)",
    "upper(a)",
]


@pytest.mark.parametrize("text", ALLOWED)
def test_what_is_allowed_gives_what_duckdb_gives(text):
    con = connect().con
    columns = ", ".join(f'? AS "{name}"' for name in ROW)
    raw, compiled = con.execute(
        f"SELECT ({text}), ({compile_expression(text, COLUMNS)}) FROM (SELECT {columns})", list(ROW.values())
    ).fetchone()
    assert raw == compiled
    assert type(raw) is type(compiled)


def test_every_listed_function_is_tried_above():
    tried = " ".join(ALLOWED)
    assert [name for name in sorted(FUNCTIONS) if f"{name}(" not in tried] == []


@pytest.mark.parametrize("text", ["properties.order_id", '"properties.order_id"', '"Properties"."Order_Id"'])
def test_nested_names_are_one_column(text):
    assert compile_expression(text, COLUMNS) == '"properties.order_id"'


def test_a_name_with_a_blank_stands_as_it_is_or_quoted():
    assert compile_expression("two words", COLUMNS) == '"two words"'
    assert compile_expression('upper("two words")', COLUMNS) == 'UPPER("two words")'


def test_names_do_not_mind_case():
    assert compile_expression("QUANTITY || quantity", COLUMNS) == '"Quantity" || "Quantity"'


def test_a_column_may_be_called_like_a_word_of_sql():
    assert compile_expression("when", COLUMNS) == '"when"'


def test_the_message_lists_what_there_is():
    with pytest.raises(ValueError, match="unknown column 'c'; the source has a, b"):
        compile_expression("c", ["a", "b"])
    with pytest.raises(ValueError, match=r"function getenv\(\) is not allowed; allowed are abs, ceil"):
        compile_expression("getenv('HOME')", ["a"])


def test_columns_that_are_asked_for_are_told_once_whatever_their_case():
    assert columns_in("a > 1 and (A < b or t_DAYS is null)", ["T_days", "b", "a", "c"]) == ["T_days", "b", "a"]
    assert columns_in("true", ["a"]) == []
