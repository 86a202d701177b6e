<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{{status}} {{title}} - Tea House</title>
</head>
<body>
<h1>{{status}} {{title}}</h1>
<p>{{detail}}</p>
<p><a href="/">Back to the Tea House</a></p>
</body>
</html>
