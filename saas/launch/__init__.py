"""Everything on one machine: started, watched over, stopped. Light to import: the guard is a
process of its own that needs nothing but this.
"""

from saas.launch.folder import CannotStart, data_dir, environment, password_of

__all__ = ["CannotStart", "data_dir", "environment", "password_of"]
