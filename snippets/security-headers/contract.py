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
SCRIPT = """fetch("/api/stock").then(answer => answer.json()).then(stock => {
document.querySelector("#stock").textContent = stock.tea + " packets of tea"; });"""
STRICT_REFERRERS = {
    "no-referrer",
    "same-origin",
    "strict-origin",
    "strict-origin-when-cross-origin",
}


def test_a_page_with_its_script_is_served(client):
    """`GET /` is an HTML page with title and heading `Stock`, and one script, as it was written."""
    response = client.get("/")
    assert response.status == 200
    assert response.media_type == "text/html"
    assert (response.charset or "").lower() == "utf-8"
    assert inside(response, "title") == ["Stock"]
    assert inside(response, "h1") == ["Stock"]
    assert inside(response, "script") == [" ".join(SCRIPT.split())]
    assert [place.get("id") for place in elements(response, "p")] == ["stock"]


def test_the_script_finds_its_data(client):
    """`/api/stock`, which the script asks for, is JSON: `{"tea": 3}`."""
    (script,) = inside(client.get("/"), "script")
    response = client.get(re.match(r'fetch\("(.*?)"\)', script)[1])
    assert response.status == 200
    assert response.media_type == "application/json"
    assert response.json() == {"tea": 3}


def test_no_answer_may_be_taken_for_another_type(client):
    """`X-Content-Type-Options: nosniff` is on the page, on JSON, on a 404 and on a 400."""
    for response in (client.get("/api/stock"), *page_and_errors(client)):
        assert response.headers.get("X-Content-Type-Options") == "nosniff"


def test_every_answer_has_a_policy(client):
    """Pages and errors have a `Content-Security-Policy` without `unsafe-inline` and without `*`."""
    for response in page_and_errors(client):
        policy = policy_of(response)
        scripts = policy.get("script-src", policy.get("default-src"))
        assert scripts
        assert policy.get("default-src") in (["'none'"], ["'self'"])
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
    """`frame-ancestors` keeps pages and errors out of frames. `X-Frame-Options` does not differ."""
    for response in page_and_errors(client):
        assert policy_of(response).get("frame-ancestors") in (["'none'"], ["'self'"])
        assert response.headers.get("X-Frame-Options", "DENY") in ("DENY", "SAMEORIGIN")


def test_other_sites_are_not_told_the_path(client):
    """`Referrer-Policy` keeps the path of the page from other sites, also on errors."""
    for response in page_and_errors(client):
        assert response.headers.get("Referrer-Policy") in STRICT_REFERRERS


def test_plain_http_announces_no_https(client):
    """Over plain HTTP there is no `Strict-Transport-Security`: there it would mean nothing."""
    assert "Strict-Transport-Security" not in client.get("/").headers


def test_no_version_is_told(client):
    """`Server` has no version, and there is no `X-Powered-By`."""
    for response in page_and_errors(client):
        assert not re.search("[0-9]", response.headers.get("Server", ""))
        assert "X-Powered-By" not in response.headers


def test_an_allowed_origin_may_ask_before_it_writes(client):
    """The preflight for a `PUT` names origin, method and header. Then the `PUT` itself is 204."""
    response = preflight(client, ALLOWED)
    assert response.status in (200, 204)
    assert response.headers.get("Access-Control-Allow-Origin") == ALLOWED
    assert response.headers.get("Access-Control-Allow-Credentials") == "true"
    assert {"GET", "PUT"} <= listed(response, "Access-Control-Allow-Methods")
    assert listed(response, "Access-Control-Allow-Headers") == {"CONTENT-TYPE"}
    written = client.put("/api/stock", headers={"Origin": ALLOWED}, json={"tea": 5})
    assert written.status == 204
    assert written.body == b""
    assert written.headers.get("Access-Control-Allow-Origin") == ALLOWED
    assert written.headers.get("Access-Control-Allow-Credentials") == "true"


def test_no_other_method_is_offered(client):
    """A preflight for `DELETE` or `PATCH` does not name it. Sent all the same, it is 405 or 404."""
    for method in ("DELETE", "PATCH"):
        offered = listed(preflight(client, ALLOWED, method), "Access-Control-Allow-Methods")
        assert not {method, "*"} & offered
        assert client.request(method, "/api/stock").status in (404, 405)


def test_no_other_header_is_offered(client):
    """A preflight that asks for `x-admin` is not told that it may send it."""
    response = preflight(client, ALLOWED, header="x-admin")
    assert not {"X-ADMIN", "*"} & listed(response, "Access-Control-Allow-Headers")


def test_an_allowed_origin_may_read_the_answer(client):
    """Each is answered with its own name, never with a list or `*`, as cookies are allowed."""
    for origin in (ALLOWED, ALSO_ALLOWED):
        response = client.get("/api/stock", headers={"Origin": origin})
        assert response.json() == {"tea": 3}
        assert response.headers.get_all("Access-Control-Allow-Origin") == [origin]
        assert response.headers.get("Access-Control-Allow-Credentials") == "true"


def test_only_the_api_is_opened(client):
    """The page says nothing about origins, also to an allowed one: that may read the API alone."""
    response = client.get("/", headers={"Origin": ALLOWED})
    assert response.status == 200
    assert "Access-Control-Allow-Origin" not in response.headers


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
    """Attack: `Host: evil.example`, or one that only looks like ours, is 400, on any path."""
    for host in ("evil.example", "localhost.evil.example", "evillocalhost", "evil.example:80"):
        response = client.get("/", headers={"Host": host})
        assert response.status == 400, host
        assert not inside(response, "script")
        assert client.get("/missing", headers={"Host": host}).status == 400, host


def test_the_page_knows_its_own_address(client):
    """The page's canonical link is `http://localhost:8000/` for that host, without the query."""
    for host in ("localhost", "localhost:8000", "127.0.0.1:8000"):
        response = client.get("/?from=mail", headers={"Host": host})
        assert response.status == 200
        (link,) = elements(response, "link")
        assert link == {"rel": "canonical", "href": f"http://{host}/"}


def test_links_do_not_follow_a_forged_host(client):
    """Attack: `X-Forwarded-Host: evil.example` does not get into the page's own address."""
    response = client.get("/", headers={"X-Forwarded-Host": "evil.example"})
    assert [link.get("href") for link in elements(response, "link")] == ["http://localhost/"]


def page_and_errors(client):
    """The page, a 404, and the 400 for an unknown host."""
    unknown = {"Host": "evil.example"}
    responses = [client.get("/"), client.get("/missing"), client.get("/", headers=unknown)]
    assert [response.status for response in responses] == [200, 404, 400]
    return responses


def preflight(client, origin, method="PUT", header="content-type"):
    return client.options(
        "/api/stock",
        headers={
            "Origin": origin,
            "Access-Control-Request-Method": method,
            "Access-Control-Request-Headers": header,
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


def inside(response, name):
    """What stands between the tags of each element of that name."""
    found = re.findall(rf"<{name}(?: [^>]*)?>(.*?)</{name}>", response.text, re.DOTALL)
    return [" ".join(text.split()) for text in found]
