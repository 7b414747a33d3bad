"""`checker rules …`: for those who write rules."""
