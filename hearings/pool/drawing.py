"""Reckoning of a draw, by nothing but SHA-256, so that anybody can do it again.

1. The pool is the codes of the candidates in ascending order, one a line; its SHA-256 (hexadecimal, small letters) is
   made known before the draw, and so is the SHA-256 of the seed, 64 hexadecimal signs.
2. At the draw those present may say a word; then the seed is made known.
3. The lot of a candidate is the SHA-256 of four lines: seed, word, hash of the pool, code.
4. The candidates stand in the ascending order of their lots; the first are drawn, the next stand in.
"""

import hashlib
import secrets
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

RULE = "滨州信访听证员抽取规则一"
PARTS = ("rule", "pool", "pool_sha256", "seed_sha256", "seed", "word", "number", "ranking")


def sha256(*lines: str) -> str:
    """Compute the SHA-256 of lines that are parted by line feeds, as hexadecimal signs."""
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def new_seed() -> str:
    """Make a seed of 256 bits."""
    return secrets.token_hex(32)


def ranked(pool: Sequence[str], *, seed: str, word: str) -> list[tuple[str, str]]:
    """Put the codes of the pool in the order of their lots: (lot, code)."""
    frozen = sha256(*sorted(pool))
    return sorted((sha256(seed, word, frozen, code), code) for code in pool)


def faults(told: Mapping[str, Any]) -> Iterator[str]:
    """List what in a published draw (`PARTS`) does not agree with itself, a sentence each."""
    pool = [str(code) for code in told["pool"]]
    if told["rule"] != RULE:
        yield f"抽取规则应为“{RULE}”"
    if len(set(pool)) < len(pool):
        yield "候选名单中有重复的编号"
    if sha256(*sorted(pool)) != told["pool_sha256"]:
        yield "候选名单与事先公布的候选名单校验值不符：名单在封存以后被改动"
    if sha256(str(told["seed"])) != told["seed_sha256"]:
        yield "种子与事先公布的种子校验值不符：种子在封存以后被改动"
    if [code for _, code in ranked(pool, seed=str(told["seed"]), word=str(told["word"]))] != list(told["ranking"]):
        yield "按种子、现场数字和候选名单重新计算的排序，与公布的排序不符"
