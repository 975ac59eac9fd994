"""Whether an installation is well, and the proof that its districts are apart: for the shell."""

from saas.doctor.checks import Check, examine
from saas.doctor.isolation import Proof, prove

__all__ = ["Check", "Proof", "examine", "prove"]
