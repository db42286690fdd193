"""How people are told beside the inbox: by mail, and by Salesforce's bell."""
