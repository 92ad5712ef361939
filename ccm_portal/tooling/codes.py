"""The present sign-in code of each demo account: `make codes`."""

import base64
import hashlib
import hmac
import json
import struct
import sys
import time

from ccm_portal import embedded


def totp(secret: str, at: float) -> str:
    """The six digits of RFC 6238 for a base32 secret."""
    key = base64.b32decode(secret.upper() + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", int(at) // 30), hashlib.sha1).digest()
    offset = digest[-1] & 15
    number = struct.unpack(">I", digest[offset : offset + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"


def main() -> int:
    path = embedded.default_var() / "demo-accounts.json"
    if not path.exists():
        print(f"There is no {path}: run `make demo` first.", file=sys.stderr)
        return 1
    now = time.time()
    for account in json.loads(path.read_text()):
        if account.get("totp_secret"):
            print(f"{totp(account['totp_secret'], now)}  {account['email']}")
    print(f"Good for {30 - int(now) % 30} seconds.")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
