"""Reading with native code, which may crash, in a process that can die alone. May import `processes`."""
