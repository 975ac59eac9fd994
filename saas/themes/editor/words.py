"""Sections, fields, colours, drawings and differences in words."""

from __future__ import annotations

from saas.kernel.i18n import lazy_gettext as _l
from saas.themes.rules.colour_words import COLOUR as COLOUR

#: Tabs of the editor in their order, with the sections of pack.yaml that each edits.
TABS = {
    "about": ("title", "summary", "place", "notes"),
    "colours": ("palette",),
    "drawings": ("frames",),
    "names": ("words", "levels", "rooms"),
    "calendar": ("calendar",),
    "activities": ("activities",),
    "stories": ("stories", "people"),
    "routes": ("routes",),
    "honours": ("honours",),
}
TAB = {
    "about": _l("Title and place"),
    "colours": _l("Colours"),
    "drawings": _l("Seals and drawings"),
    "names": _l("Words, levels, rooms"),
    "calendar": _l("Calendar"),
    "activities": _l("Activities"),
    "stories": _l("Stories and people"),
    "routes": _l("Routes"),
    "honours": _l("Honours"),
}
SECTION = {
    "head": _l("Title and place"),
    "title": _l("Title"),
    "summary": _l("Summary"),
    "place": _l("Place"),
    "version": _l("Version"),
    "code": _l("Code"),
    "notes": _l("Where things come from"),
    "palette": _l("Colours"),
    "frames": _l("Frames of seals"),
    "drawings": _l("Drawings"),
    "words": _l("Words used here"),
    "levels": _l("Levels"),
    "rooms": _l("Rooms"),
    "calendar": _l("Calendar"),
    "activities": _l("Activities"),
    "stories": _l("Story cards"),
    "people": _l("Persons"),
    "routes": _l("Routes"),
    "honours": _l("Honours"),
}
#: What one more row of a section is called on the button that adds it.
ADD = {
    "notes": _l("Add a note"),
    "words": _l("Add a word"),
    "levels": _l("Add a level"),
    "rooms": _l("Add a room"),
    "calendar": _l("Add a festival"),
    "activities": _l("Add an activity"),
    "stories": _l("Add a story"),
    "people": _l("Add a historic person"),
    "routes": _l("Add a route"),
    "stops": _l("Add a stop"),
    "honours": _l("Add an honour"),
}
FIELD = {
    "term": _l("Word of the product"),
    "code": _l("Which"),
    "name": _l("Name"),
    "title": _l("Title"),
    "text": _l("Text"),
    "kind": _l("Fact or ours"),
    "source": _l("Source"),
    "seal": _l("Seal"),
    "rule": _l("When"),
    "days": _l("Days"),
    "local": _l("Kept here in particular"),
    "eaten": _l("What is eaten"),
    "done": _l("What is done"),
    "activities": _l("Activities"),
    "purpose": _l("What it is for"),
    "minutes": _l("Minutes"),
    "places": _l("For how many people"),
    "room": _l("Room"),
    "festival": _l("Festival"),
    "bring": _l("What to bring"),
    "steps": _l("Step by step"),
    "drawing": _l("Drawing"),
    "people": _l("Persons"),
    "years": _l("Years"),
    "known_for": _l("Known for"),
    "summary": _l("Summary"),
    "stops": _l("Stops"),
    "what": _l("What is there"),
    "reason": _l("For what"),
}
HELP = {
    "lines": _l("One on each line, Chinese | English."),
    "days": _l("How many days it lasts."),
    "years": _l("For example 1920-1949."),
    "minutes": _l("In all; for a stop, on foot from the stop before."),
    "text": _l("80 to 200 characters in Chinese, so that it can be read standing."),
}
SLOT = {
    "band": _l("Line of the header"),
    "corner": _l("Corner of the first page"),
    "empty": _l("Where a list is empty"),
    "hero": _l("Picture of the culture page"),
    "poster": _l("Ground of posters"),
    **{f"card_{n}": _l("Card %(number)s", number=n) for n in range(1, 9)},
}
TIER = {
    "room": _l("Seal of a room"),
    "platform": _l("Seal of a platform"),
    "centre": _l("Seal of the centre"),
}
FACE = {
    "resident": _l("Residents' page"),
    "console": _l("Console"),
    "poster": _l("Poster"),
}
RULE = {
    "lunar": _l("Lunar calendar: month and day"),
    "solar": _l("Every year on the same day"),
    "term": _l("Solar term"),
    "weekday": _l("A weekday of a month"),
}
#: The 24 solar terms by their names in pack.yaml.
TERM = {
    "xiaohan": _l("Slight Cold"), "dahan": _l("Great Cold"),
    "lichun": _l("Beginning of Spring"), "yushui": _l("Rain Water"),
    "jingzhe": _l("Awakening of Insects"), "chunfen": _l("Spring Equinox"),
    "qingming": _l("Pure Brightness"), "guyu": _l("Grain Rain"),
    "lixia": _l("Beginning of Summer"), "xiaoman": _l("Grain Buds"),
    "mangzhong": _l("Grain in Ear"), "xiazhi": _l("Summer Solstice"),
    "xiaoshu": _l("Slight Heat"), "dashu": _l("Great Heat"),
    "liqiu": _l("Beginning of Autumn"), "chushu": _l("End of Heat"),
    "bailu": _l("White Dew"), "qiufen": _l("Autumn Equinox"),
    "hanlu": _l("Cold Dew"), "shuangjiang": _l("Frost's Descent"),
    "lidong": _l("Beginning of Winter"), "xiaoxue": _l("Slight Snow"),
    "daxue": _l("Great Snow"), "dongzhi": _l("Winter Solstice"),
}  # fmt: skip
KIND = {"fact": _l("A fact with its source"), "ours": _l("Written by us")}
