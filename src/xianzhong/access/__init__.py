"""Who is asking, what they may see and do, and why: roles, scopes, people."""
