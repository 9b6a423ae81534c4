"""From a push to the site online: the verdict before the ref moves, releases, the way back."""

TELL = "Tell the server's administrator."
