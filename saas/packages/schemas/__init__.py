"""The shape of every file of a model package and of a demo district.

``fields`` has the building stones, ``package`` the files of a package, ``demo`` those of a demo
district. A loaded file is made of frozen dataclasses with tuples inside.
"""

from saas.packages.schemas.demo import (
    DEMO_FILES,
    Demo,
    DemoDemand,
    DemoDistrict,
    DemoPerson,
    DemoRoom,
    DemoStep,
    DemoStreet,
    DemoUnit,
    DemoVenue,
)
from saas.packages.schemas.fields import Label, Problem
from saas.packages.schemas.package import (
    PACKAGE_FILES,
    Category,
    Centre,
    Deadline,
    Demands,
    Head,
    Hours,
    Kind,
    Ladder,
    Level,
    Package,
    Platform,
    Role,
    Room,
    Rooms,
    Territory,
    Word,
    Workdays,
)

__all__ = [
    "DEMO_FILES",
    "PACKAGE_FILES",
    "Category",
    "Centre",
    "Deadline",
    "Demands",
    "Demo",
    "DemoDemand",
    "DemoDistrict",
    "DemoPerson",
    "DemoRoom",
    "DemoStep",
    "DemoStreet",
    "DemoUnit",
    "DemoVenue",
    "Head",
    "Hours",
    "Kind",
    "Label",
    "Ladder",
    "Level",
    "Package",
    "Platform",
    "Problem",
    "Role",
    "Room",
    "Rooms",
    "Territory",
    "Word",
    "Workdays",
]
