"""What MkDocs makes of mkdocs.yml, for the sessions of a build, and for the gate."""

from __future__ import annotations

import logging
import os
from pathlib import Path

from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError

from metropolis.log_messages import collected_messages
from metropolis.problem import Problem, ProblemsError


def read_mkdocs(root: Path, site_dir: Path) -> MkDocsConfig:
    """MkDocs' reading of mkdocs.yml. Raises ProblemsError with all that MkDocs refuses, or does not
    know: it would warn while some page is rendered, and the page would be blamed."""
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    config, whats = None, []
    # MkDocs logs what it refuses, and raises no reason.
    with collected_messages("mkdocs.config", logging.WARNING) as messages:
        try:
            config = load_config(str(root / "mkdocs.yml"), site_dir=str(site_dir), strict=False)
        except (Abort, ConfigurationError) as error:
            whats = [] if messages else [str(error)]
    whats += map(_refusal, messages)
    if config is None or whats:
        how = "Correct it in mkdocs.yml."
        raise ProblemsError([Problem("mkdocs.yml", 0, 0, what, how=how) for what in whats])
    return config


def _refusal(message: str) -> str:
    name, _, reason = message.removeprefix("Config value ").partition(": ")
    return f"MkDocs refuses {name.replace(chr(39), chr(34))}: {reason.rstrip('.')}."
