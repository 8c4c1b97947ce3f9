"""Gives a data set another pseudonym key. The earlier ones stay beside it: a later key hashes what the earlier made.

So whoever learns the earlier key alone can match nothing any more, and what is kept without its raw records (folded
facts, tombstones, decisions) still fits.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from helpers import privacy
from helpers.datasets import lock, paths
from helpers.datasets.folded import require_alike
from helpers.errors import WrongUse
from helpers.privacy import Pseudonymiser
from helpers.stewardship.exports import remove_copies
from helpers.stewardship.folded_identifiers import rename_folded
from helpers.stewardship.journal import require_none_unfinished
from helpers.stewardship.request import require_all_read

if TYPE_CHECKING:
    from helpers.datasets import Shop


def rotate_key(shop: Shop, *, rebuild: Callable[[], object], clear: Callable[[Callable[[Path], bool]], None]) -> str:
    """Add a key, bring over what is kept, and run the main job under it; a rotation that was interrupted is ended.

    Everybody gets another profile_id.

    Args:
        shop: The data set, as its latest report looked at it.
        rebuild: Runs the main job.
        clear: Removes the tables of all runs but the latest.

    Returns:
        The fingerprint of the present key.

    Raises:
        WrongUse: If the key is public, or comes from the environment without a line added to it, or somebody is being
            forgotten.
    """
    if shop.settings.pseudonyms:
        raise WrongUse(
            f"The key of {shop.name!r} is public, in its dataset.toml: another would keep nothing secret. Take "
            "[pseudonyms] out of it if the data are not."
        )
    with lock.hold(shop.name, who="rotate-key"):
        require_none_unfinished(shop.name)
        require_alike(shop.name)
        pseudonym = Pseudonymiser(*privacy.keys(shop))
        if shop.store.published_key() == pseudonym.fingerprint:
            require_all_read(shop)
            pseudonym = _with_another(shop)
        rename_folded(shop, pseudonym)
        remove_copies(shop.name)
    rebuild()
    with lock.hold(shop.name, who="rotate-key"):
        clear(lambda file: False)  # noqa: ARG005 - pages hold no pseudonym
    return pseudonym.fingerprint


def _with_another(shop: Shop) -> Pseudonymiser:
    if "WORKBENCH_KEY" in os.environ:
        raise WrongUse(
            "The key comes from WORKBENCH_KEY: add a new one to it, on a line of its own behind those that are there, "
            "and run the command again."
        )
    keys = [*privacy.keys(shop), privacy.new_key()]
    privacy.write_keys(paths.key_file(shop.name), keys)
    return Pseudonymiser(*keys)
