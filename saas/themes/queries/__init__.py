"""Every read of culture packs: those that ship, the district's own, and the one on show."""

from saas.themes.queries.archives import archive_of, read_archive
from saas.themes.queries.current import (
    current_pack,
    forget_pack,
    room_name,
    showing,
    style_sheet,
    words,
)
from saas.themes.queries.editions import (
    access_draft,
    access_edition,
    choices,
    difference,
    draft,
    draft_faults,
    drafted,
    edition_of,
    editions,
    last_choice,
    read_edition,
    source,
)
from saas.themes.queries.packs import (
    DEFAULT,
    BadPack,
    codes,
    pack,
    packs,
    read_folder,
    read_pack,
    section_faults,
    section_mark,
    shipped_codes,
    sketched,
)
from saas.themes.queries.paint import Contrast, contrast_of, paint_of
from saas.themes.queries.places import as_taken, foreign, is_of_here, taken_of, usual_sections
from saas.themes.rules.calendar import FIRST as FIRST_YEAR
from saas.themes.rules.calendar import LAST as LAST_YEAR
from saas.themes.rules.places import Bound, bound_of
