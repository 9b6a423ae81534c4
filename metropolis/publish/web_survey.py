"""Requests the site from the web server on loopback, by its name, for `publish doctor`."""

import http.client
import re
import socket
import ssl
import time

from metropolis.publish.machine import Machine, server_names
from metropolis.publish.survey import WebSurvey
from metropolis.release.headers import SECURITY
from metropolis.text_file import text_if_any

_LONGEST = 5  # seconds
_POLICY = "Content-Security-Policy"


def observe_web(machine: Machine) -> WebSurvey:
    """nginx's file contains the name and the address."""
    text = text_if_any(machine.site)
    names = server_names(machine)
    found = re.findall(r"^\s*listen\s+(\S+?)(;|\s[^;]*;)", text, re.MULTILINE)
    listen = [address for address, rest in found if "ssl" not in rest]
    if not names:
        return WebSurvey()
    host, port = _address(listen[0] if listen else "80")
    trouble, is_ours = _ask(host, port, names[0])
    certificate, days = _certificate(host, names[0])
    return WebSurvey(names, machine.enabled_site.exists(), trouble, is_ours, certificate, days)


def _address(listen: str) -> tuple[str, int]:
    host, _, port = listen.rpartition(":")
    host = host.strip("[]")
    is_every = host in ("", "0.0.0.0", "::", "*")
    return "127.0.0.1" if is_every else host, int(port) if port.isdecimal() else 80


def _ask(host: str, port: int, name: str) -> tuple[str, bool]:
    """Why there is no answer; whether it is the site's: our headers, or a redirect to https."""
    connection = http.client.HTTPConnection(host, port, timeout=_LONGEST)
    try:
        connection.request("GET", "/", headers={"Host": name})
        answer = connection.getresponse()
    except (OSError, http.client.HTTPException) as error:
        return str(error) or type(error).__name__, False
    finally:
        connection.close()
    leads_to_https = str(answer.headers.get("Location", "")).startswith(f"https://{name}")
    return "", leads_to_https or answer.headers.get(_POLICY) == SECURITY[_POLICY]


def _certificate(host: str, name: str) -> tuple[str, int | None]:
    """What is wrong with the certificate; for how many days it is good, None without TLS."""
    try:
        plain = socket.create_connection((host, 443), timeout=_LONGEST)
    except OSError:
        return "", None
    try:
        with ssl.create_default_context().wrap_socket(plain, server_hostname=name) as secure:
            ends = str((secure.getpeercert() or {}).get("notAfter", ""))
            return "", int((ssl.cert_time_to_seconds(ends) - time.time()) // 86400)
    except ssl.SSLCertVerificationError as error:
        return error.verify_message, None
    except (OSError, ValueError) as error:
        return str(error), None
    finally:
        plain.close()
