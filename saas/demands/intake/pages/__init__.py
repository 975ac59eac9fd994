"""Pages on which something is filed, entered or followed."""

from saas.demands.intake.pages import entering as entering
from saas.demands.intake.pages import filing as filing
from saas.demands.intake.pages import tracking as tracking
