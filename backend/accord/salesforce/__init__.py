"""The one package that speaks to a Salesforce org: its port and values, gateway, sign-in, queries, errors, guards."""
