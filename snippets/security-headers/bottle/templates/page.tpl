<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>Stock</title>
    <link rel="canonical" href="{{ url }}">
  </head>
  <body>
    <h1>Stock</h1>
    <p id="stock">…</p>
    <script nonce="{{ nonce }}">
      fetch("/api/stock").then(answer => answer.json()).then(stock => {
        document.querySelector("#stock").textContent = stock.tea + " packets of tea";
      });
    </script>
  </body>
</html>
