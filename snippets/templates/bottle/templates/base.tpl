<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>{{ get("title", "Bookshelf") }}</title>
  </head>
  <body>
    <header>Bookshelf</header>
    <main>{{ !base }}</main>
  </body>
</html>
