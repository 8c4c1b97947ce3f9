"""Moments: what somebody is in the middle of, from events alone, as of any moment, several at once.

Begin with `find`, which puts all of them together. `spells` makes moments of pulses. The pulses are found in `looks`
at products (browsing_category, hesitating, price_waiting), `carts` (cart_abandoned, checkout_abandoned), `after_orders`
(post_purchase), `support` (support_open, support_silent_risk, loyal_despite_friction), `visits` (needs_assistance),
`pace` (accelerating) and `onboarding` (stalled_onboarding); `signs` says what a page or a search tells, `rhythm` how
often somebody comes. `now` counts who is in which.

A moment rests on what people did, never on a score, a segment or a guess; one whose events a data set does not have
never occurs in it.
"""

from helpers.profiles.moments.find import READ, all_moments, moments
from helpers.profiles.moments.now import on_now, publish_now

__all__ = ["READ", "all_moments", "moments", "on_now", "publish_now"]
