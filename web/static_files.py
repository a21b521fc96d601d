"""Style sheets, script and icon as they are sent: without the white space and comments of their sources."""

from collections.abc import Mapping
from hashlib import sha256
from io import BytesIO
from mimetypes import guess_type
from pathlib import Path

from flask import Flask, Response, request, send_file
from rcssmin import cssmin
from rjsmin import jsmin
from werkzeug.exceptions import NotFound

STATIC_AGE = 86_400
"""Seconds that browsers may keep a file; its address changes with the content of all."""
_SHORTER = {".css": cssmin, ".js": jsmin}


def add_static_files(app: Flask) -> None:
    """Send the files of the static folder, read once, and give templates `static_href`."""
    files = _read(Path(app.static_folder or ""))
    version = _version(files)

    def static_href(name: str) -> str:
        """Return the address of a static file; unlike url_for it has one where the Host is no name at all."""
        return f"{request.script_root}{app.static_url_path}/{name}?v={version}"

    def send(filename: str) -> Response:
        """Send a style sheet, the script or the icon."""
        if filename not in files:
            raise NotFound
        return send_file(
            BytesIO(files[filename]),
            mimetype=guess_type(filename)[0],
            etag=version,
            max_age=STATIC_AGE,
        )

    app.view_functions["static"] = send
    app.jinja_env.globals["static_href"] = static_href


def _read(folder: Path) -> dict[str, bytes]:
    found = {}
    for path in sorted(folder.glob("*.*")):
        text = path.read_text(encoding="utf-8")
        found[path.name] = _SHORTER.get(path.suffix, str)(text).encode()
    return found


def _version(files: Mapping[str, bytes]) -> str:
    """Return a digest of the files."""
    digest = sha256()
    for name, content in files.items():
        digest.update(name.encode() + b"\0" + content)
    return digest.hexdigest()[:10]
