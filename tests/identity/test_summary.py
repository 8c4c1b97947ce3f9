"""What the page says of identity, against counts by hand."""

from helpers import identity


def met(log):
    log.add("2025-01-01", anonymous_id="d1").add("2025-01-02", user_id="u1", ids={"email": "e1"})
    log.add("2025-01-03", user_id="u1", anonymous_id="d1").add("2025-01-04", user_id="u1", anonymous_id="d1")
    log.add("2025-01-05", user_id="u2", anonymous_id="t").add("2025-01-06", user_id="u3", anonymous_id="t")
    log.add("2024-01-07", user_id="u2", ids={"phone": "p"}).add("2025-01-07", user_id="u3", ids={"phone": "p"})


def test_the_figures(stitched, log):
    met(log)
    known = identity.figures(stitched())
    # u1 with e1 and d1; u2 and u3, each with p in turn; the tablet.
    assert known == identity.Figures(
        people=4, alone=1, identifiers=7, merges=1, blocked=2, shared=1, handed_over=1, tied=6, tied_twice=2,
        tenth_largest=None,
    )  # fmt: skip


def test_people_by_the_number_of_their_identifiers(stitched, log):
    met(log)
    counted = identity.by_size(stitched()).set_index("identifiers")["people"]
    assert counted.to_dict() == {"1": 1, "2": 2, "3": 1}


def test_pairs_by_what_was_made_of_them(stitched, log):
    met(log)
    frame = identity.by_verdict(stitched())
    assert frame.to_numpy().tolist() == [
        ["one person's", "one event carried both", 4, 3],
        ["not one person's", "one of them is of several people at once", 2, 2],
    ]


def test_the_words(stitched, log):
    met(log)
    known = identity.figures(stitched())
    assert identity.merged(known) == (
        "People known apart who turned out to be one: 1. Pairs of identifiers that were seen together and are not "
        "taken for one person's: 2. Identifiers of several people at once, which stand for themselves alone: 1; that "
        "passed from one person to another: 1."
    )
    assert identity.how_sure(known).startswith("Of the identifiers that are tied to another, ")


def test_a_log_whose_events_carry_one_identifier_each_says_so(stitched, log):
    for n in range(12):
        log.add("2025-01-01", user_id=f"u{n}")
    shop = stitched()
    known = identity.figures(shop)
    assert (known.people, known.tied, known.tenth_largest) == (12, 0, 1)
    assert "nobody could be merged" in identity.how_sure(known)
    assert identity.by_verdict(shop).empty
