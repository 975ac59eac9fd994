"""A district that can send messages, as notices are tested."""

from tests.notices.conftest import hall as hall
