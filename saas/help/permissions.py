"""Who may read which help text: whoever may do what it explains."""

from __future__ import annotations

from saas.kernel.context import Actor

#: What a text's ``for`` may say besides the name of a permission.
PUBLIC, SIGNED_IN, OPERATOR = "public", "signed_in", "operator"


def can_read(actor: Actor, needs: str, *, hub: bool) -> bool:
    """Whether ``actor`` reads a text for ``needs``; operators' texts are on the hub and nowhere
    else, all others in districts.
    """
    if hub or needs == OPERATOR:
        return hub and needs == OPERATOR and actor.signed_in
    if needs == PUBLIC:
        return True
    # What somebody may do for himself alone is told to everybody; the rest is for who holds a post.
    return actor.signed_in and (needs == SIGNED_IN or bool(actor.reach(needs)))
