<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>Notes</title>
  </head>
  <body>
    <h1>Notes</h1>
    <ul>
      % for note in notes:
      <li>{{ note }}</li>
      % end
    </ul>
    <form method="post">
      <input type="hidden" name="csrf_token" value="{{ csrf_token }}">
      <label for="text">New note</label>
      <input id="text" name="text" required>
      <button>Add</button>
    </form>
    <form action="https://search.example/">
      <label for="q">Search the web</label>
      <input id="q" name="q">
      <button>Search</button>
    </form>
  </body>
</html>
