"""The editor of a pack: which fields a row has, how it is typed, and how all of it is shown.

``fields`` is the one list of what can be typed, ``typed`` turns rows into a form and back,
``words`` names everything, ``views`` makes what the pages show.
"""
