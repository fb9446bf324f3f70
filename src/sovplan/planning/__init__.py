"""The planners: returns and aims in, drafts out. Nothing here can see the world."""
