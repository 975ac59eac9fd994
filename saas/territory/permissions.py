"""What people may be allowed to do with the tree."""

VIEW = "territory:unit:view"
EDIT = "territory:unit:edit"
ALL = (VIEW, EDIT)
