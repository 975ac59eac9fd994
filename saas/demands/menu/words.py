"""What is said of questions and answers."""

from __future__ import annotations

from typing import Final

from saas.kernel.i18n import lazy_gettext as _l

#: What an answer is, as the district chooses it, with an example beside it.
ANSWER_KIND: Final = {
    "text": (_l("A few words"), _l("up to 300 characters")),
    "number": (_l("A number"), _l("how many, how big, how old")),
    "choice": (_l("One of several answers"), _l("you write the answers below")),
    "yes_no": (_l("Yes or no"), _l("two buttons")),
    "date": (_l("A day"), _l("since when, until when")),
}
YES_NO: Final = {"yes": _l("Yes"), "no": _l("No")}
#: What stands where an answer is there but not for the reader.
MASKED: Final = "****"
