"""What is checked before every request and said with every answer.

The Host check keeps a page elsewhere from reading the archive through a DNS name that it points
at this machine. The headers let a page load our style sheet, script and images and nothing else, so a
headline that slipped through unescaped would still run nothing.
"""

import re
from ipaddress import ip_address

from flask import Flask, Response, request
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge

from web.settings import Settings

BODY_MAX = 65_536
"""Bytes of a request body; no request of ours has one."""

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}

_HOST = re.compile(r"(?:\[(?P<six>[0-9A-Fa-f:.]{2,45})\]|(?P<name>[A-Za-z0-9._-]{1,253}))(?::[0-9]{1,5})?")


def guard(app: Flask, settings: Settings) -> None:
    """Put the checks before every request of `app` and the headers on every answer."""

    @app.before_request
    def check() -> None:
        if not is_trusted(request.headers.get("Host", ""), settings):
            raise BadRequest(
                "This address is not served here. Whoever runs this Dateline can add it "
                "with --trusted-host or DATELINE_TRUSTED_HOSTS."
            )
        if len(request.path) + len(request.query_string) > settings.address_max:
            raise RequestEntityTooLarge(f"The address is longer than {settings.address_max:,} bytes.")
        if (request.content_length or 0) > BODY_MAX:
            raise RequestEntityTooLarge(f"The request's body is longer than {BODY_MAX:,} bytes.")

    @app.after_request
    def harden(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Cache-Control", "private, no-cache")
        return response


def is_trusted(host: str, settings: Settings) -> bool:
    """Return whether a Host header names us; its port is not looked at."""
    found = _HOST.fullmatch(host)
    if not found:
        return False
    name = (found["six"] or found["name"]).lower().removesuffix(".")
    return name in settings.hosts or (settings.any_address and _is_address(name))


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
