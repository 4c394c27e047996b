"""No page of another site reads or changes anything; beyond this machine a token is asked for."""

import pytest
from browserless import TestClient

from retold.base.errors import SettingsError
from retold.web.app import make_app
from retold.web.guard import POLICY, Access
from retold.web.serve import access_of

BASE = "http://localhost:8765"
CHANGES = ("/decide", "/undo", "/add", "/jobs/x/stop")


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example:8765", "127.0.0.1.evil.example", "", "localhost@evil.example", "169.254.1.1"])
def test_a_name_that_is_not_ours_is_refused(client, host):
    assert client.get("/", headers={"Host": host}).status_code == 421


@pytest.mark.parametrize("host", ["localhost:8765", "127.0.0.1:8765", "[::1]:8765", "LOCALHOST"])
def test_our_own_names_are_known(client, host):
    assert client.get("/add", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("path", CHANGES)
@pytest.mark.parametrize("headers", [
    {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Sec-Fetch-Site": "none"}, {"Origin": "http://evil.example"},
    {"Origin": "null"}, {"Origin": "http://localhost:9999"}, {"Origin": "http://localhost:8765.evil.example"},
])
def test_another_site_changes_nothing(client, csrf, path, headers):
    assert client.post(path, data={"csrf": csrf}, headers=headers).status_code == 403


@pytest.mark.parametrize("path", CHANGES)
@pytest.mark.parametrize("data", [{}, {"csrf": "guess"}, {"csrf": "\ud800"}])
def test_a_form_that_is_not_ours_changes_nothing(client, path, data):
    data = {k: v.encode("utf-8", "surrogatepass") for k, v in data.items()}
    assert client.post(path, data=data, headers={"Origin": BASE}).status_code == 403


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE"])
def test_other_methods_are_not_answered(client, method):
    assert client.request(method, "/").status_code == 405


def test_nothing_is_changed_by_a_link(client):
    for path in ("/decide", "/undo", "/jobs/x/stop"):
        assert client.get(path).status_code in (404, 405)


def test_a_request_without_end_is_refused(client, csrf):
    assert client.post("/add", content=b"x", headers={"Content-Length": str(10**9)}).status_code == 413
    assert client.post("/add", content=iter([b"x"])).status_code == 413


def test_every_answer_carries_the_policy(client, story):
    for path in ("/", f"/story/{story}", f"/story/{story}.json", "/nowhere", "/static/x/style.css", f"/story/{story}/export/graph.svg"):
        headers = client.get(path).headers
        assert headers["content-security-policy"] == POLICY, path
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cross-origin-resource-policy"] == "same-origin"
    assert "unsafe" not in POLICY and "http" not in POLICY and "*" not in POLICY


def test_no_answer_may_be_read_by_another_site(client):
    assert "access-control-allow-origin" not in client.get("/stories.json", headers={"Origin": "http://evil.example"}).headers


def test_beyond_this_machine_a_token_is_asked_for(workspace):
    access = Access(host="0.0.0.0", token="correct-horse-battery-staple")
    with TestClient(make_app(workspace, access=access, apart=False), base_url="http://192.0.2.7:80", follow_redirects=False) as client:
        assert client.get("/").status_code == 401
        assert client.get("/?token=wrong").status_code == 401
        assert client.get("/", headers={"Authorization": "Bearer wrong"}).status_code == 401
        assert client.get("/stories.json", headers={"Authorization": f"Bearer {access.token}"}).status_code == 200
        answer = client.get(f"/add?token={access.token}&x=1")
        assert (answer.status_code, answer.headers["location"]) == (303, "/add?x=1")
        cookie = answer.headers["set-cookie"].lower()
        assert "httponly" in cookie and "samesite=strict" in cookie
        assert client.get("/add").status_code == 200
        assert client.get("/", headers={"Host": "evil.example"}).status_code == 421
        assert client.get("//evil.example/?token=" + access.token, headers={"Cookie": ""}).headers.get("location", "/").startswith("/")


def test_serving_beyond_this_machine_makes_a_token():
    assert access_of("127.0.0.1", "", ()).token == ""
    assert len(access_of("0.0.0.0", "", ()).token) >= 24
    assert access_of("0.0.0.0", "", ()).token != access_of("0.0.0.0", "", ()).token
    with pytest.raises(SettingsError):
        access_of("0.0.0.0", "short", ())
