"""Arms of a list: the same every time, as large as planned, apart from those of other experiments; faults by line."""

import csv
from collections import Counter

import pytest
from scipy.stats import chi2_contingency, chisquare
from typer.testing import CliRunner

from helpers.cli import app
from helpers.errors import InputOutput, WrongUse
from helpers.lift.assign import arm_of, assign, identifiers
from tests.conftest import UNREAD

PEOPLE = [f"C{number:06d}" for number in range(20_000)]
EVEN = {"control": 1.0, "treatment": 1.0}


def arms(experiment, shares=EVEN, people=PEOPLE):
    return [arm_of(person, experiment=experiment, shares=shares) for person in people]


def test_arms_that_were_given_stay_as_they_are():
    """People of a running experiment keep their arms whatever becomes of the code; by coreutils' sha256sum."""
    assert "".join(arm[0] for arm in arms("welcome_offer", people=PEOPLE[:24])) == "tttttttttccttttcctcctttc"
    assert arm_of(" C000001\t", experiment="e", shares=EVEN) == arm_of("C000001", experiment="e", shares=EVEN)


@pytest.mark.parametrize("shares", [EVEN, {"a": 1, "b": 2, "c": 7}, {"a": 0.1, "b": 0.1, "c": 0.1}])
def test_arms_are_as_large_as_planned(shares):
    counts = Counter(arms("sizes", shares))
    whole = sum(shares.values())
    assert chisquare([counts[arm] for arm in shares], [len(PEOPLE) * s / whole for s in shares.values()]).pvalue > 0.001


def test_uneven_lists_come_as_often_as_chance_would_have_them():
    """Over 200 experiments the p-values of the sizes are even themselves: neither too equal nor too uneven."""
    few = PEOPLE[:500]
    p = [chisquare([(n := arms(f"e{e}", people=few).count("control")), 500 - n]).pvalue for e in range(200)]
    quarters = [sum(low <= each < low + 0.25 for each in p) for low in (0, 0.25, 0.5, 0.75)]
    assert chisquare(quarters).pvalue > 0.001


def test_arms_of_one_experiment_say_nothing_of_those_of_another():
    pairs = Counter(zip(arms("first"), arms("second"), strict=True))
    table = [[pairs[a, b] for b in EVEN] for a in EVEN]
    assert chi2_contingency(table).pvalue > 0.001


def test_name_and_identifier_cannot_be_shifted_into_each_other():
    shares = {f"arm{number}": 1 for number in range(1_000)}
    assert arm_of("23", experiment="e1", shares=shares) != arm_of("3", experiment="e12", shares=shares)


def test_more_people_do_not_move_those_who_have_an_arm():
    before = dict(zip(PEOPLE[:500], arms("grows", people=PEOPLE[:500]), strict=True))
    after = dict(zip(PEOPLE[:900], arms("grows", people=PEOPLE[:900]), strict=True))
    assert before.items() <= after.items()


@pytest.fixture
def write(tmp_path):
    def put(content):
        file = tmp_path / "people.csv"
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return file

    return put


def test_a_list_is_written_in_its_order_with_arms(write, tmp_path):
    source = write("\ufeffC2\r\nC1\r\n")
    done = assign(source, tmp_path / "arms.csv", experiment="email", shares=EVEN)
    rows = list(csv.reader(done.file.read_text(encoding="utf-8").splitlines()))
    assert rows[0] == ["identifier", "experiment", "arm"]
    assert [row[:2] for row in rows[1:]] == [["C2", "email"], ["C1", "email"]]
    assert [row[2] for row in rows[1:]] == arms("email", people=["C2", "C1"])
    assert sum(done.counts.values()) == 2
    assert list(done.counts) == list(EVEN)


def test_a_column_of_a_csv_is_read_as_csv_is_written(write):
    source = write('id,name\n"a,1","x\ny"\n b ,z\n')
    assert list(identifiers(source, column="id")) == ["a,1", "b"]


@pytest.mark.parametrize(
    ("content", "column", "said"),
    [
        ("C1\n\nC2\n", "", "people.csv, line 2: there is no identifier"),
        ("C1\nC2\n C1\n", "", "line 3: this identifier stood on line 1 already"),
        (
            "C1\nC2,Ann\n",
            "",
            "line 2: expected one identifier a line and found several fields. For a CSV, say by --",
        ),
        ("", "", "people.csv names nobody"),
        ("id,name\n", "id", "names nobody"),
        ("user_id,name\nC1,Ann\n", "user", "line 1: the column 'user' is not in the header.*did you mean 'user_id'"),
        ("id,id\nC1,C2\n", "id", "line 1: the column 'id' is 2 times in the header"),
        ("id,name\nC1,Ann\nC2\n", "id", "line 3: 1 fields; the header has 2"),
        ('id,name\nC1,"Ann"x\n', "id", "line 2: this is no CSV"),
        ("C1\nJos\xe9\n".encode("latin-1"), "", "line 2: not UTF-8"),
    ],
)
def test_what_is_wrong_with_a_list_is_said_by_line(write, tmp_path, content, column, said):
    with pytest.raises(WrongUse, match=said):
        assign(write(content), tmp_path / "arms.csv", experiment="e", shares=EVEN, column=column)
    assert not (tmp_path / "arms.csv").exists()


def test_a_list_is_never_overwritten_by_its_arms(write, tmp_path):
    source = write("C1\nC2\n")
    with pytest.raises(WrongUse, match=r"people\.csv is the list itself"):
        assign(source, tmp_path / "." / "people.csv", experiment="e", shares=EVEN)
    assert source.read_text() == "C1\nC2\n"


def test_files_that_are_not_there_are_said_so(write, tmp_path):
    with pytest.raises(InputOutput, match=r"nobody\.txt cannot be read: No such file"):
        assign(tmp_path / "nobody.txt", tmp_path / "arms.csv", experiment="e", shares=EVEN)
    with pytest.raises(InputOutput, match=r"arms\.csv cannot be written: there is no folder .*no folder\. Make it"):
        assign(write("C1\n"), tmp_path / "no folder" / "arms.csv", experiment="e", shares=EVEN)
    with pytest.raises(WrongUse, match="share of b is 0; expected above 0"):
        arm_of("C1", experiment="e", shares={"a": 1, "b": 0})


EXPERIMENT = """
    [[experiment]]
    name = "offer"
    control = "none"
    arms = ["none", "offer"]
    window_days = 14
    [[experiment.metric]]
    name = "spend"
    kind = "revenue"
"""


def test_the_verb_takes_arms_from_dataset_toml(write_dataset, write, tmp_path):
    write_dataset(UNREAD + EXPERIMENT)
    source, target = write("\n".join(PEOPLE[:1_000])), tmp_path / "arms.csv"

    def asked(experiment):
        return CliRunner().invoke(app, ["assign", "tiny", experiment, str(source), "--to", str(target)])

    assert "did you mean 'offer'" in str(asked("ofer").exception)
    done = asked("offer")
    assert done.exit_code == 0
    assert "expected 500" in done.stdout
    rows = csv.DictReader(target.read_text(encoding="utf-8").splitlines())
    assert [row["arm"] for row in rows] == arms("offer", {"none": 1, "offer": 1}, PEOPLE[:1_000])


def test_where_no_experiment_is_declared_the_verb_says_how_to(write_dataset, write, tmp_path):
    write_dataset(UNREAD)
    asked = ["assign", "tiny", "offer", str(write("C1\n")), "--to", str(tmp_path / "arms.csv")]
    said = str(CliRunner().invoke(app, asked).exception)
    assert "'tiny' declares no experiment. Write an [[experiment]] block" in said


def test_the_verb_assigns_by_the_planned_shares_in_the_order_of_the_arms(write_dataset, write, tmp_path):
    write_dataset(UNREAD + EXPERIMENT.replace("window", "shares = { offer = 0.2, none = 0.8 }\n    window"))
    source, target = write("\n".join(PEOPLE)), tmp_path / "arms.csv"
    done = CliRunner().invoke(app, ["assign", "tiny", "offer", str(source), "--to", str(target)])
    assert "expected 16,000" in done.stdout.splitlines()[0]
    rows = csv.DictReader(target.read_text(encoding="utf-8").splitlines())
    got = [row["arm"] for row in rows]
    assert got == arms("offer", {"none": 4, "offer": 1})
    # whoever is in the smaller arm would be in it too, were it as large as the other
    assert {"none"} == {arm for arm, even in zip(got, arms("offer", {"none": 1, "offer": 1}), strict=True)
                        if even == "none"}  # fmt: skip
    assert chisquare([got.count("none"), got.count("offer")], [16_000, 4_000]).pvalue > 0.001
