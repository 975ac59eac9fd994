"""What people may be allowed to do with people and the district itself."""

VIEW = "accounts:person:view"
MANAGE = "accounts:person:manage"
SETTINGS = "district:settings:edit"
AUDIT = "district:audit:view"
ALL = (VIEW, MANAGE, SETTINGS, AUDIT)
