from __future__ import annotations

from accounts.store import tokens
from core.testing import ANA, CARL
from webhooks import demo, store
from webhooks.services import sending
from webhooks.tests.conftest import DELIVERED, FAILED, states


def test_the_demo_has_programs_and_sends_nothing(hooks):
    for _twice in range(2):
        demo.seed({"admin": ANA, "contributor": CARL})
    assert states(demo.WEBHOOK_ID) == [DELIVERED, FAILED, DELIVERED, DELIVERED, DELIVERED]
    assert len(store.all_webhooks()) == len(tokens.tokens_of(ANA.user_id)) == len(tokens.tokens_of(CARL.user_id)) == 1
    assert sending.send_due() == 0
