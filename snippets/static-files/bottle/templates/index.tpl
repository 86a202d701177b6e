<!doctype html>
<html lang="en">
  <head>
    <title>Tea</title>
    <link rel="stylesheet" href="{{ get_url('static', path='style.css') }}">
  </head>
  <body>
    <h1>Tea</h1>
  </body>
</html>
