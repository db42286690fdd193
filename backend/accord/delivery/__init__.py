"""Delivery: what must reach Salesforce is kept in our tables until it has, once, in order per record.

`Outbox.put` stores intents in the caller's own transaction; `Drain` claims them in batches, sends them and writes down
what became of each; `Worker` runs drains; `service` shows what was parked and has it repeated.
At-least-once delivery, once-only effect by external id, order per record; a parked intent is never deleted.
"""
