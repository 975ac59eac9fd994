"""What bringing districts in adds to a model package: a sample for its workbook."""

from __future__ import annotations

from saas.kernel.i18n import lazy_gettext as _l
from saas.onboarding.package import checks
from saas.onboarding.package.shapes import Sample
from saas.packages.parts import File, Part

PART = Part(
    files=(File("sample", Sample, _l("Sample"), place=70, optional=True),),
    check=checks.check,
    words={"kind": _l("kind")},
)
