"""Pages that texts name before they are part of this branch, and their words.

Nothing here is needed once the pages are there: `test_texts` says so, and the file then goes.
"""

from __future__ import annotations

#: The model of a district, and the editor of its culture.
ENDPOINTS = frozenset(
    {
        "model.show",
        "model.upgrade",
        "model.apply",
        "model.undo",
        "model.export",
        "culture_editor.overview",
        "culture_editor.tab",
        "culture_editor.drawing",
        "culture_editor.publish",
        "culture_editor.edition",
        "culture_editor.discard",
        "culture_editor.take_in",
    }
)
#: Texts of which the words in bold are held against the catalogue only when their pages are there.
TEXTS = frozenset({"upgrade", "export-package", "culture"})
