"""A craft: files tied to a thing, several a thing, before and after.

A thing is named by its kind and key. Files are checked by what they hold, not by
their name: pictures are drawn anew, everything else is kept as it came. What is personal is sealed
with the district's key. Who may see a file is who may see its thing: the domain opens its own door
first and then asks for the files of what stands behind it. The one table is a district's.

`take(files, ...)` checks what was sent, `attach(taken, ...)` ties it, `of` and `one` find it again,
`answers.answer` shows it. A file is written while its transaction runs and goes when that is
undone; what a killed process left behind is swept at night.
"""

from saas.attachments.commands import attach, retire, retire_picture, sweep
from saas.attachments.content import PICTURES, Taken, take
from saas.attachments.models import Attachment
from saas.attachments.queries import by_key, first_of, of, one, used_bytes
