"""Salesforce's bell: what is to ring waits in the outbox, and goes out as a custom notification."""
