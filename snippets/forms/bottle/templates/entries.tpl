<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>Guest book</title>
  </head>
  <body>
    <h1>Guest book</h1>
    <ul>
      % for entry in entries:
      <li>{{ entry["name"] }}: {{ entry["message"] }}{{ " (pinned)" if entry["pinned"] else "" }}</li>
      % end
    </ul>
    <p><a href="/new">Write an entry</a></p>
  </body>
</html>
