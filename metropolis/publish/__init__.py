"""From a push to the site on line: releases, the verdict before the ref moves, the swap after it,
the way back."""
