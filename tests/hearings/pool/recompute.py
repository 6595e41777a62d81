"""An independent reckoning of a draw: written from the rule as it is published, with nothing of the product."""

import json
import sys
from hashlib import sha256


def lot(text: str) -> str:
    return sha256(text.encode("utf-8")).hexdigest()


def members(told: dict) -> list[str]:  # type: ignore[type-arg]
    """Reckon who is drawn; AssertionError where the published parts do not agree."""
    names = list(told["pool"])
    names.sort()
    assert lot("\n".join(names)) == told["pool_sha256"], "pool"
    assert lot(told["seed"]) == told["seed_sha256"], "seed"
    lots = {}
    for name in names:
        lots[lot(told["seed"] + "\n" + told["word"] + "\n" + told["pool_sha256"] + "\n" + name)] = name
    return [lots[value] for value in sorted(lots)][: told["number"]]


if __name__ == "__main__":
    print("\n".join(members(json.load(sys.stdin))))
