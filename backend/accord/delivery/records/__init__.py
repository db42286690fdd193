"""Which intents are about which record of the org, so that somebody can ask how a record stands and hurry it."""
