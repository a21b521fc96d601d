"""Style sheets, script and icon as they are sent: without their white space and comments, and packed."""

import gzip
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
        whole, packed = files[filename]
        is_packed = request.accept_encodings["gzip"] > 0
        response = send_file(
            BytesIO(packed if is_packed else whole),
            mimetype=guess_type(filename)[0],
            etag=f"{version}-gzip" if is_packed else version,
            max_age=STATIC_AGE,
        )
        response.vary.add("Accept-Encoding")
        if is_packed:
            response.content_encoding = "gzip"
        return response

    app.view_functions["static"] = send
    app.jinja_env.globals["static_href"] = static_href


def _read(folder: Path) -> dict[str, tuple[bytes, bytes]]:
    """Return each file by its name, as it is and packed with gzip."""
    found = {}
    for path in sorted(folder.glob("*.*")):
        text = path.read_text(encoding="utf-8")
        whole = _SHORTER.get(path.suffix, str)(text).encode()
        found[path.name] = whole, gzip.compress(whole, mtime=0)
    return found


def _version(files: Mapping[str, tuple[bytes, bytes]]) -> str:
    """Return a digest of the files."""
    digest = sha256()
    for name, (whole, _) in files.items():
        digest.update(name.encode() + b"\0" + whole)
    return digest.hexdigest()[:10]
