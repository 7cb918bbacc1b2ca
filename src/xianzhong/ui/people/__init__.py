"""Who may see and do what: one's own grants, why, and the people that one administers."""
