"""The pure words of the product: ids, clock, outcomes, errors by recovery, identity, events. Nothing here does I/O."""
