"""What user licences allow, as far as Accord needs it.

Salesforce Help: Standard User Licenses (Salesforce Platform has no opportunities), Give Integration Users API Only
Access (Enterprise, Unlimited, Performance and Developer Edition).
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

LICENCE: Final = "Profile.UserLicense.Name"  # of User
FULL: Final = "Salesforce"
INTEGRATION: Final = "Salesforce Integration"
_NO_DEALS: Final = "with which nobody sees deals"
WITHOUT_DEALS: Final = frozenset(
    {
        *("Salesforce Platform", "Force.com - Free", "Force.com - One App", "Force.com - App Subscription"),
        *("Identity", "External Identity", "Chatter Free", "Chatter External"),
    }
)
# licences of people who cannot use the panel, and why; what is not here may do
UNFIT_FOR_PEOPLE: Final[Mapping[str, str]] = MappingProxyType(
    {**dict.fromkeys(WITHOUT_DEALS, _NO_DEALS), INTEGRATION: "which is for programs and opens no page"}
)
