"""A page with a fence of every fate: one group, a session, and what is not run."""

RUN = """\
# Notes

```python {.run .hide data-group="shop" data-env="flask"}
from flask import Flask, render_template

app = Flask(__name__, template_folder="pages")
```

```html {data-file="pages/tea.html" data-group="shop"}
<p>{{ price }}</p>
```

```python {#price .run data-group="shop"}
@app.get("/tea")
def tea():
    return render_template("tea.html", price=3)


print(app.url_map.bind("").match("/tea"))
```

```text {.output}
('tea', {})
```

```http {.run data-group="shop"}
GET /tea HTTP/1.1

HTTP/1.1 200 OK
Content-Type: text/html; charset=utf-8

<p>3</p>
```

```pycon
>>> 1 + 1
2
```
"""
"""The part of it that is run: the group ``notes#shop``, and a session."""
PAGE = (
    RUN
    + """
```python {.norun data-reason="it would send mail"}
send("mail")
```

```python
--8<-- "greeting/flask/app.py:route"
```

```toml
a = 1
```
"""
)
"""The whole page; it includes a section of the snippet ``greeting/flask``."""
