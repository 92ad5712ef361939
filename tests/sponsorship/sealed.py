"""Sealed data as tests write them. Every value that must not be met elsewhere holds the canary or is one."""

CANARY = "CANARY-S3"
PASSPORT = {
    "number": "CANARYS3P4711",
    "issuing": "LAO",
    "valid_from": "2021-03-01",
    "valid_until": "2031-02-28",
    "name": f"{CANARY} DELEGATE (DEMONSTRATION)",
}
BANK = {
    "holder": f"{CANARY} holder",
    "bank": "A bank (demonstration)",
    "account": "CH9300762011623852957",  # the example of ISO 13616: it adds up
    "bic": "",
    "address": "",
}
HEALTH = {"needs": f"{CANARY} wheelchair"}
