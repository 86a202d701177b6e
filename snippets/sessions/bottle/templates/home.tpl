<!doctype html>
<html lang="en">
<title>Visits</title>
<body class="{{ theme }}">
% for message in messages:
<p role="status">{{ message }}</p>
% end
<p>Visits: {{ visits }}</p>
<form method="post" action="/hello"><input name="name" aria-label="Name"><button>Say hello</button></form>
<form method="post" action="/theme"><button name="theme" value="light">Light</button><button name="theme" value="dark">Dark</button></form>
<form method="post" action="/clear"><button>Forget me</button></form>
