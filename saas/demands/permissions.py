"""What people may be allowed to do with demands, for other domains."""

from saas.demands.case.permissions import FILE, HANDLE, SUPERVISE, VIEW
