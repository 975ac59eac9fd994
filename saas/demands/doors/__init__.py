"""Ways in and out for other systems and for files: our own API, Open311, workbooks."""
