"""How snippets are to be verified: what the options of ``fieldguide verify`` say."""

from __future__ import annotations

from dataclasses import dataclass, field

from ...model import Limits
from ...running.sandbox import Mode, default_mode
from ...running.zygote import CAN_FORK
from ..selection import Shard


@dataclass(frozen=True, slots=True)
class VerifyOptions:
    """The defaults are those of ``fieldguide verify`` without any option."""

    shard: Shard | None = None
    """The part of what is selected that this machine verifies; None for all."""
    use_cache: bool = True
    """Whether a pass that was kept counts."""
    jobs: int | None = None
    """How many snippets run at once; None for one a processor."""
    server: bool = False
    """Run under each framework's production server, over sockets. Such results are reported, not
    rendered."""
    database: str = ""
    """Handed to the snippets as ``DATABASE_URL``. Such results are reported, neither kept nor
    rendered: nobody knows what is in that database."""
    fork: bool = CAN_FORK
    """False runs every snippet in a fresh interpreter."""
    limits: Limits | None = None
    """What a snippet may use; None for what the project says."""
    mode: Mode = field(default_factory=default_mode)
    """What to do where no sandbox can be had. The default is what the environment says; reading
    that raises `ProblemError` where it says nonsense."""

    @property
    def for_snippets(self) -> str:
        """The option that fences and probes cannot be run with; empty where there is none."""
        return "--server" if self.server else "--database" if self.database else ""

    @property
    def reads_cache(self) -> bool:
        """Whether a kept pass may stand for a run."""
        return self.use_cache and not self.database

    @property
    def checks_environments(self) -> bool:
        """Whether an environment that was made before is compared with what was installed."""
        return not self.use_cache or self.mode is Mode.STRICT

    @property
    def writes_cache(self) -> bool:
        """Whether a pass is kept for later runs."""
        return not self.database

    @property
    def renders(self) -> bool:
        """Whether the results are left where rendering reads them."""
        return not self.for_snippets
