"""What an application tells browsers to refuse, and whom it believes about its own address."""

import re
from html.parser import HTMLParser

ALLOWED = "https://shop.example"
ALSO_ALLOWED = "https://admin.example"
OTHERS = (
    "https://evil.example",
    "https://shop.example.evil.example",
    "https://evilshop.example",
    "https://www.shop.example",
    "https://shopxexample",
    "https://shop.example:8443",
    "http://shop.example",
    "null",
)
"""Each is another origin, most of them nearly the allowed one."""
STRICT_REFERRERS = {
    "no-referrer",
    "same-origin",
    "strict-origin",
    "strict-origin-when-cross-origin",
}


def test_a_page_with_its_script_is_served(client):
    """`GET /` is an HTML page with one script in it."""
    response = client.get("/")
    assert response.status == 200
    assert response.media_type == "text/html"
    assert len(elements(response, "script")) == 1


def test_no_answer_may_be_taken_for_another_type(client):
    """`X-Content-Type-Options: nosniff` is on the page, on JSON and on a 404."""
    for path in ("/", "/api/stock", "/missing"):
        assert client.get(path).headers.get("X-Content-Type-Options") == "nosniff", path


def test_every_answer_has_a_policy(client):
    """Pages and errors have a `Content-Security-Policy` without `unsafe-inline` and without `*`."""
    assert client.get("/missing").status == 404
    for path in ("/", "/missing"):
        policy = policy_of(client.get(path))
        scripts = policy.get("script-src", policy.get("default-src"))
        assert scripts, path
        assert policy.get("default-src") in (["'none'"], ["'self'"]), path
        for words in policy.values():
            assert not {"'unsafe-inline'", "'unsafe-eval'", "*", "http:", "https:"} & set(words)
        assert set(scripts) <= {"'self'", "'none'", *nonces(policy)}
        assert policy.get("base-uri") in (["'none'"], ["'self'"])


def test_the_script_of_the_page_carries_the_nonce(client):
    """The policy names a nonce, and the page's own script has the same one."""
    response = client.get("/")
    (script,) = elements(response, "script")
    assert nonces(policy_of(response)) == [f"'nonce-{script.get('nonce')}'"]


def test_the_nonce_is_new_each_time(client):
    """Two answers have two nonces, of 16 characters or more: nobody can guess the next."""
    first, second = (elements(client.get("/"), "script")[0]["nonce"] for _ in range(2))
    assert first != second
    assert len(first) >= 16
    assert len(second) >= 16


def test_no_other_site_can_frame_the_page(client):
    """`frame-ancestors`, or the older `X-Frame-Options`, keeps pages and errors out of frames."""
    for path in ("/", "/missing"):
        response = client.get(path)
        older = response.headers.get("X-Frame-Options", "").upper()
        ancestors = policy_of(response).get("frame-ancestors", [])
        assert ancestors in (["'none'"], ["'self'"]) or older in ("DENY", "SAMEORIGIN"), path


def test_other_sites_are_not_told_the_path(client):
    """`Referrer-Policy` keeps the path of the page from other sites, also on a 404."""
    for path in ("/", "/missing"):
        assert client.get(path).headers.get("Referrer-Policy") in STRICT_REFERRERS


def test_plain_http_announces_no_https(client):
    """Over plain HTTP there is no `Strict-Transport-Security`: there it would mean nothing."""
    assert "Strict-Transport-Security" not in client.get("/").headers


def test_no_version_is_told(client):
    """`Server` has no version, and there is no `X-Powered-By`."""
    for path in ("/", "/missing"):
        headers = client.get(path).headers
        assert not re.search("[0-9]", headers.get("Server", ""))
        assert "X-Powered-By" not in headers


def test_an_allowed_origin_may_ask_before_it_writes(client):
    """The preflight for a `PUT` names origin, method and header. Then the `PUT` itself is 204."""
    response = preflight(client, ALLOWED)
    assert response.status in (200, 204)
    assert response.headers.get("Access-Control-Allow-Origin") == ALLOWED
    assert response.headers.get("Access-Control-Allow-Credentials") == "true"
    assert "PUT" in listed(response, "Access-Control-Allow-Methods")
    assert "CONTENT-TYPE" in listed(response, "Access-Control-Allow-Headers")
    written = client.put("/api/stock", headers={"Origin": ALLOWED}, json={"tea": 5})
    assert written.status == 204
    assert written.headers.get("Access-Control-Allow-Origin") == ALLOWED


def test_an_allowed_origin_may_read_the_answer(client):
    """Each is answered with its own name, never with a list or `*`, as cookies are allowed."""
    for origin in (ALLOWED, ALSO_ALLOWED):
        response = client.get("/api/stock", headers={"Origin": origin})
        assert response.json() == {"tea": 3}
        assert response.headers.get_all("Access-Control-Allow-Origin") == [origin]
        assert response.headers.get("Access-Control-Allow-Credentials") == "true"


def test_a_cache_keeps_the_origins_apart(client):
    """`Vary: Origin` is on the answer to an allowed origin, to another one, and to none."""
    for headers in ({"Origin": ALLOWED}, {"Origin": OTHERS[0]}, {}):
        assert "ORIGIN" in listed(client.get("/api/stock", headers=headers), "Vary")
    assert "ORIGIN" in listed(preflight(client, ALLOWED), "Vary")


def test_no_other_origin_is_allowed(client):
    """Attack: names that look like the allowed one, `http`, another port and `null` get nothing."""
    for origin in OTHERS:
        for response in (
            client.get("/api/stock", headers={"Origin": origin}),
            preflight(client, origin),
        ):
            assert "Access-Control-Allow-Origin" not in response.headers, origin
            assert "Access-Control-Allow-Credentials" not in response.headers, origin


def test_an_unknown_host_is_400(client):
    """Attack: `Host: evil.example`, or one that only looks like ours, is 400."""
    for host in ("evil.example", "localhost.evil.example", "evillocalhost", "evil.example:80"):
        assert client.get("/", headers={"Host": host}).status == 400, host
    for host in ("localhost:8000", "127.0.0.1:8000"):
        assert client.get("/", headers={"Host": host}).status == 200, host


def test_links_do_not_follow_a_forged_host(client):
    """Attack: `X-Forwarded-Host: evil.example` does not get into the page's own address."""
    response = client.get("/", headers={"X-Forwarded-Host": "evil.example"})
    assert [link.get("href") for link in elements(response, "link")] == ["http://localhost/"]


def preflight(client, origin):
    return client.options(
        "/api/stock",
        headers={
            "Origin": origin,
            "Access-Control-Request-Method": "PUT",
            "Access-Control-Request-Headers": "content-type",
        },
    )


def listed(response, name):
    values = ",".join(response.headers.get_all(name)).split(",")
    return {value.strip().upper() for value in values}


def policy_of(response):
    header = response.headers.get("Content-Security-Policy", "")
    parts = [part.split() for part in header.split(";") if part.strip()]
    return {name.lower(): values for name, *values in parts}


def nonces(policy):
    return [word for word in policy.get("script-src", []) if word.startswith("'nonce-")]


def elements(response, name):
    found = []
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, attrs: found.append(dict(attrs)) if tag == name else None
    parser.feed(response.text)
    return found
