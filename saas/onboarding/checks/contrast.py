"""The colours of the chosen look can be read by everybody."""

from __future__ import annotations

from saas.onboarding.rules import Finding
from saas.themes import queries as themes

_PATH = "/setup/culture"


def check() -> list[Finding]:
    """Every pair of colours that meets on a page, measured."""
    chosen = themes.current_pack()
    found = themes.contrast_of(chosen)
    facts = {"look": chosen.title, "pairs": found.pairs, "lowest": f"{found.lowest:.2f}"}
    if not found.faults:
        return [Finding("contrast_good", "ok", facts, path=_PATH)]
    return [
        Finding("contrast_bad", "gap", {"text": fault.sentence}, path=_PATH)
        for fault in found.faults
    ]
