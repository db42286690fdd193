"""Accord keeps an application and a Salesforce org true to each other."""
