"""A form from a declaration: its fields once, with label, help, limit and kind.

Schema, start values, the words of its faults and the page come from them (`saas.forms.fields`,
``macros/fields.html``). A form that needs something of its own takes a part: its own schema over
the made one (``extra`` of `schema_of`), its own template around or between the fields.
"""
