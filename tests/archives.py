"""Web archives made on the spot."""

from __future__ import annotations

import gzip
import zipfile
from pathlib import Path


def page(title: str, text: str) -> bytes:
    """A web page with an article."""
    paragraphs = "".join(f"<p>{line}</p>" for line in text.splitlines())
    return f"<!DOCTYPE html><html><head><title>{title}</title></head><body><article><h1>{title}</h1>{paragraphs}</article></body></html>".encode()


def record(
    url: str, body: bytes, *, kind: str = "response", media_type: str = "text/html; charset=utf-8", status: int = 200,
    date: str = "2026-03-01T10:00:00Z", length: int | None = None, **headers: str,
) -> bytes:
    """A WARC record; `length` is what it claims, where that is not true."""
    more = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    http = f"HTTP/1.1 {status} X\r\nContent-Type: {media_type}\r\n{more}\r\n".encode() + body if kind == "response" else body
    outer = "application/http; msgtype=response" if kind == "response" else media_type
    head = (
        f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: {date}\r\nContent-Type: {outer}\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{abs(len(url)):012}>\r\nContent-Length: {len(http) if length is None else length}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def warc(path: Path, *records: bytes) -> Path:
    """A WARC file, each record packed on its own where the name ends in .gz."""
    path.write_bytes(b"".join(map(gzip.compress, records) if path.suffix == ".gz" else records))
    return path


def wacz(path: Path, files: dict[str, bytes]) -> Path:
    """A WACZ package."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("datapackage.json", '{"profile": "data-package", "wacz_version": "1.1.1", "resources": []}')
        for name, data in files.items():
            package.writestr(name, data)
    return path
