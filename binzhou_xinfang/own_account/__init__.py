"""我的账号: a person's own keys: the second factor (动态口令) and its recovery codes.

- `factor.verify` takes a code once: a TOTP of RFC 6238 (30 seconds, one step early or late) or a recovery code.
- `factor.set_up`, `confirm`, `renew_codes`, `end`, `reset`: each one transaction with its event in the house's ledger.
- Who has set one up is asked for it at every sign-in. Whose posts require it (`statute.sign_in_settings`) is reminded
  for some days, and then sets it up before the house opens (`accounts.entering.ASKS`).
- The key is encrypted like what tells who somebody is; of recovery codes only keyed digests are kept.
"""
