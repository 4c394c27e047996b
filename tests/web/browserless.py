"""The client that asks the desk without a browser. Starlette's wants another httpx than the one that Retold fetches pages with, and warns."""

import warnings

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient

__all__ = ["TestClient"]
