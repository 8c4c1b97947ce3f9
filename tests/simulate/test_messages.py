import pandas as pd
import pytest

from helpers.simulate.clock import DAY, END


@pytest.fixture(scope="module")
def emails(disk) -> pd.DataFrame:
    rows = disk.table("email-*.csv.gz")
    rows["at"] = pd.to_datetime(rows["occurred_at"])
    return rows


@pytest.fixture(scope="module")
def texts(disk) -> pd.DataFrame:
    rows = disk.table("sms.csv")
    rows["at"] = pd.to_datetime(rows["occurred_at"]).dt.tz_localize("Europe/Berlin").dt.tz_convert("UTC")
    return rows


def answers(disk, purpose: str) -> pd.DataFrame:
    rows = disk.table("consent.csv").query("purpose == @purpose")
    rows = rows.assign(person_id=[disk.person(row) for row in rows.itertuples()])
    at = pd.to_datetime(rows["at"]).dt.tz_localize("Europe/Berlin", nonexistent="shift_forward", ambiguous=False)
    return rows.assign(at=at.dt.tz_convert("UTC")).sort_values("at")


@pytest.mark.parametrize(("channel", "column"), [("email", "email"), ("sms", "phone")])
def test_nothing_is_sent_without_consent(disk, emails, texts, channel, column):
    rows = emails if channel == "email" else texts
    sent = rows[rows["what"] == "delivered"].sort_values("at")
    sent = sent.assign(
        person_id=[disk.owner[column, value] for value in sent[column]], at=sent["at"].astype("datetime64[us, UTC]")
    )
    said = answers(disk, f"{channel}_marketing").astype({"at": "datetime64[us, UTC]"})
    # A campaign takes ten minutes to go out; who withdraws meanwhile may still get it.
    said.loc[said["status"] == "denied", "at"] += pd.Timedelta(minutes=11)
    last = pd.merge_asof(sent, said.sort_values("at")[["person_id", "at", "status"]], on="at", by="person_id")
    assert len(last) > 500
    assert (last["status"] == "granted").all()


def test_a_message_is_delivered_once_and_before_all_else(emails, texts):
    for rows in (emails, texts):
        delivered = rows[rows["what"] == "delivered"].set_index("send_id")["at"]
        assert not delivered.index.duplicated().any()
        other = rows[rows["what"] != "delivered"]
        assert (other["at"].to_numpy() > delivered.loc[other["send_id"]].to_numpy()).all()


def test_machines_open_within_seconds_and_people_do_not(disk, emails, world):
    delivered = emails[emails["what"] == "delivered"].set_index("send_id")["at"]
    opened = emails[emails["what"] == "opened"]
    delay = (opened["at"].to_numpy() - delivered.loc[opened["send_id"]].to_numpy()) / pd.Timedelta(seconds=1)
    quick = opened.loc[delay < 10, "email"]
    machines = set(world.names.loc[world.names["machine_opens"], "email"])
    assert set(quick) <= machines
    assert len(quick) == (emails["what"].eq("delivered") & emails["email"].isin(machines)).sum()


def test_stop_is_among_the_replies_and_ends_the_messages(texts):
    stop = texts[texts["reply_text"].str.upper() == "STOP"].set_index("phone")["at"]
    assert len(stop) > 3
    assert (texts.loc[texts["what"] != "replied", "reply_text"] == "").all()
    later = texts[texts["phone"].isin(stop.index) & (texts["what"] == "delivered")]
    assert (later["at"].to_numpy() < stop.loc[later["phone"]].to_numpy()).all()


def test_opens_fade_before_drop_out_and_follow_taste(world):
    emails = world.emails
    human = emails[(emails["what"] == "opened") & (emails["at"] - emails["sent"] > 10)].drop_duplicates("send_id")
    sends = emails[emails["what"] == "delivered"]
    opened = sends["send_id"].isin(human["send_id"])
    left = (world.people["dropped"].to_numpy()[sends["person"]] - sends["at"]) / DAY
    assert opened[left.between(0, 30)].mean() < 0.7 * opened[left > 120].mean()
    assert opened[left < 0].mean() < 0.2 * opened[left > 120].mean()
    favourite = world.people["preferred_category"].to_numpy()[sends["person"]]
    liked = sends["topic"].to_numpy() == favourite
    living = (left > 120).to_numpy()
    assert opened[liked & living].mean() > 1.25 * opened[~liked & living].mean()
    assert (emails["at"] < END).all()
