"""The Prefect server: whether one answers, where it should be, and starting one when there is none.

In: Prefect's settings. Out: the address of an API that answers, and the process when we started it.
"""

import socket
import subprocess
import sys
import time
from http.client import HTTPException
from urllib.parse import urlsplit
from urllib.request import urlopen

from flows.problem import Problem

START_SECONDS = 120
LOCAL = ("127.0.0.1", "localhost", "::1", "0.0.0.0")


class ServerProblem(Problem):
    """There is no Prefect server, and none can be started; the message says why."""

    exit_code = 3


def answers(api_url: str, timeout_seconds: float = 5) -> bool:
    """Whether a Prefect API says at this address ("http://127.0.0.1:4200/api") that it is well."""
    try:
        with urlopen(f"{api_url.rstrip('/')}/health", timeout=timeout_seconds) as answer:
            # Any web server may answer 200; only Prefect answers with the word true.
            return bool(answer.status == 200 and answer.read(100).strip() == b"true")
    except (OSError, ValueError, HTTPException):
        return False


def api_address() -> str:
    """The address of the API that Prefect's settings name, else the one its own server would have."""
    from prefect.settings import get_current_settings

    settings = get_current_settings()
    host, port = settings.server.api.host, settings.server.api.port
    return settings.api.url or f"http://{'127.0.0.1' if host in LOCAL else host}:{port}/api"


def start_server(api_url: str) -> subprocess.Popen[bytes]:
    """Start a server that will answer at this address, and wait until it does. Raises ServerProblem."""
    parts = urlsplit(api_url)
    host, port = parts.hostname or "127.0.0.1", parts.port or 4200
    if host not in LOCAL or parts.scheme != "http":
        raise ServerProblem(
            f"no Prefect API answers at {api_url}, which is not on this machine: start it there, or correct "
            "PREFECT_API_URL (`prefect config view` shows where it is set)"
        )
    if _is_taken(host, port):
        raise ServerProblem(
            f"port {port} of {host} is taken by something that is not Prefect: stop that, or choose another port with "
            f"PREFECT_SERVER_API_PORT={port + 1} copydesk serve"
        )
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", host, "--port", str(port)]
    # Of its own session: Ctrl-C is for us, and we stop our processes in order.
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, start_new_session=True)
    _wait(process, api_url)
    return process


def _is_taken(host: str, port: int) -> bool:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.settimeout(2)
        return probe.connect_ex((host, port)) == 0


def _wait(process: subprocess.Popen[bytes], api_url: str) -> None:
    give_up = time.monotonic() + START_SECONDS
    while not answers(api_url, timeout_seconds=2):
        if process.poll() is not None:
            raise ServerProblem(
                f"the Prefect server ended with code {process.returncode} before it answered; what it wrote is above"
            )
        if time.monotonic() > give_up:
            process.terminate()
            raise ServerProblem(f"the Prefect server did not answer at {api_url} within {START_SECONDS} seconds")
        time.sleep(0.3)
