"""The Leyr API (`leyr-api.md`): one client, its errors, and what each EHR can do through it."""
