"""Who is asking: how sign-in is configured, identities, sessions; neither pages nor HTTP."""
