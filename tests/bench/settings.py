"""The settings of the product and nothing else, but for the addresses: one more page, which is empty."""

from binzhou_xinfang.settings import *  # noqa: F403

ROOT_URLCONF = "tests.bench.urls"
