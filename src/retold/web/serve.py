"""`retold serve`: the desk on this machine, or for others who have its token."""

from __future__ import annotations

import gc
import secrets
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import uvicorn

from retold.base.errors import SettingsError
from retold.web.app import make_app
from retold.web.guard import LOCAL, Access
from retold.workspace import Workspace

SELDOM = 50_000  # new objects before garbage is sought: reports are large trees without any, and seeking took 40 % of reading one
LEAST_TOKEN = 16  # characters: 96 bits and more of what `token_urlsafe` gives


def serve(
    path: Path, *, host: str = "127.0.0.1", port: int = 8765, token: str = "", names: Sequence[str] = (),
    say: Callable[[str], None] = lambda words: print(words, file=sys.stderr),  # noqa: T201
) -> None:
    """Serve a workspace until interrupted.

    Args:
        path: the workspace.
        host: the address to listen on; others than this machine's need a token.
        port: 1 to 65535.
        token: what visitors must show; one is made where it is needed and none is given.
        names: further names under which the desk is called.
        say: is told where it can be found.

    Raises:
        NotFoundError: there is no workspace.
        SettingsError: a token that can be guessed, or a port that there is not.
    """
    access = access_of(host, token, tuple(names))
    if not 0 < port < 65536:
        raise SettingsError(expected="a port from 1 to 65535", found=str(port), where="--port")
    gc.set_threshold(SELDOM)
    with Workspace.open(path, write=True) as workspace:
        app = make_app(workspace, access=access)
        shown = f"[{host}]" if ":" in host else host
        say(f"retold: the desk is at http://{shown}:{port}/{f'?token={access.token}' if access.token else ''} (stop it with Ctrl-C)")
        uvicorn.run(app, host=host, port=port, log_level="warning", access_log=False, server_header=False, date_header=False,
                    limit_concurrency=512, timeout_keep_alive=30)


def access_of(host: str, token: str, names: tuple[str, ...]) -> Access:
    """Who may ask; beyond this machine only who has the token.

    Raises:
        SettingsError: the token is too short to be a secret.
    """
    if token and len(token) < LEAST_TOKEN:
        raise SettingsError(expected=f"a token of at least {LEAST_TOKEN} characters", found=f"{len(token)}", where="--token",
                            advice="leave it out and one is made")
    if not token and host not in LOCAL:
        token = secrets.token_urlsafe(24)
    return Access(host=host, token=token, names=names)
