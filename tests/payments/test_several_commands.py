"""Commands to the simulated companies in one request."""

import json
import urllib.request

from payments.simulators.commands import PATH
from tests.payments.simulated import Simulator


def test_several_commands_are_answered_in_their_order(simulator: Simulator) -> None:
    """What is not understood is told apart from what is, and keeps nothing after it from being done."""
    commands = [
        ["/stripe/__control/faults", {"on": "refunds.create", "kind": "http_500"}],
        ["/wechat/__control/nonsense", {}],
        ["/__control/trades", {}],
    ]
    request = urllib.request.Request(simulator.url + PATH, data=json.dumps(commands).encode())
    with urllib.request.urlopen(request, timeout=20) as response:
        done, refused, shown = json.loads(response.read())
    assert done["now"] > 0
    assert refused == {}
    assert shown == {"trades": {}}
    Simulator(f"{simulator.url}/stripe").command("faults", clear=True)
