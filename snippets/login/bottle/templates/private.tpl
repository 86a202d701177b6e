<!doctype html>
<html lang="en">
<title>Private</title>
<p>Hello, {{ user }}!</p>
<form method="post" action="/logout"><button>Log out</button></form>
