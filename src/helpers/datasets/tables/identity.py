"""Tables of identifiers: what was seen of them, what joins them, and the people that they lead to."""

from __future__ import annotations

from helpers.datasets.declare import Column, Table, count, flag, moment, text

PROFILE_ID = Column(name="profile_id", dtype="string", meaning="One person after stitching.")
DEVICES = ("device_id", "anonymous_id")
# Strongest first; types that are not listed stand before the devices.
STRENGTH = ("user_id", "loyalty_id", "email", "phone", "", *DEVICES)
STATUS = ("used", "handed_over", "shared", "blocked")
RULES = ("decision", "event", "linked")
REASONS = ("blocked_value", "kept_apart", "shared", "limit", "two_values", "unsure")


def strength(kind: str) -> int:
    """How strongly a type of identifier stands for one person; 0 is strongest."""
    return STRENGTH.index(kind if kind in STRENGTH else "")


def _identifier(prefix: str = "") -> tuple[Column, Column]:
    return (
        Column(name=f"{prefix}_type" if prefix else "type", dtype="string", meaning="Type, such as user_id or email."),
        Column(name=prefix or "identifier", dtype="string", meaning="Pseudonym of that type."),
    )


IDENTIFIERS = Table(
    name="identifiers",
    writer="profiles",
    meaning="One identifier that events carry, and what it stands for.",
    key=("type", "identifier"),
    columns=(
        *_identifier(),
        moment("first_seen_at", "First event that carries it, in UTC."),
        moment("last_seen_at", "Last event that carries it, in UTC."),
        Column(
            name="status", dtype="string", isin=STATUS,
            meaning="Used: one person's; handed_over: of several in turn; shared: of several at once, so that it has "
            "an id of its own; blocked: nobody's.",
        ),
    ),
)  # fmt: skip

IDENTITY_EDGES = Table(
    name="identity_edges",
    writer="profiles",
    meaning="Two identifiers that something says are one person's, whether that was believed, and why not.",
    key=("a_type", "a", "b_type", "b", "rule"),
    columns=(
        *_identifier("a"),
        *_identifier("b"),
        text("message_id", "The first event that carries both; missing where none does."),
        moment("first_seen_at", "When it was first told, in UTC."),
        moment("last_seen_at", "When it was last told, in UTC."),
        count("events", "Events that tell it."),
        Column(name="rule", dtype="string", meaning="What tells it.", isin=RULES),
        Column(name="weight", dtype="float64", meaning="Probability that it is true, as told.", ge=0, le=1),
        Column(name="status", dtype="string", meaning="Whether it joins people.", isin=("accepted", "blocked")),
        Column(name="reason", dtype="string", meaning="Why it does not.", nullable=True, isin=REASONS),
    ),
)

IDENTITY_MAP = Table(
    name="identity_map",
    writer="profiles",
    meaning="Whom an identifier belongs to, and what it was taken for before; blocked ones are in no row.",
    key=("type", "identifier", "era", "known_from"),
    version=3,
    columns=(
        *_identifier(),
        count("era", "Which owner in turn, 0 for the first or only one."),
        PROFILE_ID,
        moment("first_seen_at", "First event by which it is this owner's, in UTC."),
        moment("valid_from", "From when it is this owner's, in UTC; missing for the first.", nullable=True),
        moment("valid_to", "Until when, exclusive; missing for the last.", nullable=True),
        moment("known_from", "The event since which this is known, in UTC."),
        moment("known_to", "Until when this was believed, exclusive; missing where it still is.", nullable=True),
        flag("is_shared", "It is of several people at once, and stands for itself alone."),
        Column(
            name="link", dtype="float64", ge=0, le=1,
            meaning="Probability of the surest link to another identifier of this owner, as told; 1 for one alone.",
        ),
    ),
)  # fmt: skip

PROFILE_ALIAS = Table(
    name="profile_alias",
    writer="profiles",
    meaning="A name that a person went by or could have, and the one that it leads to now.",
    key=("alias",),
    columns=(
        Column(name="alias", dtype="string", meaning="Name made of an identifier that is not its person's oldest."),
        PROFILE_ID,
    ),
)

MERGE_LOG = Table(
    name="merge_log",
    writer="profiles",
    meaning="Two people with events of their own who turned out to be one.",
    key=("merged",),
    columns=(
        Column(name="merged", dtype="string", meaning="Name given up."),
        Column(name="kept", dtype="string", meaning="The older name, by which both went from then on."),
        moment("merged_at", "The event that told it, in UTC."),
        *_identifier("a"),
        *_identifier("b"),
        text("message_id", "That event; missing where a decision or a likeness told it."),
        Column(name="rule", dtype="string", meaning="What told it.", isin=RULES),
    ),
)

TABLES = (IDENTIFIERS, IDENTITY_EDGES, IDENTITY_MAP, PROFILE_ALIAS, MERGE_LOG)
