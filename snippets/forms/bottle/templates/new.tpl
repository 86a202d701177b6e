<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>Write an entry</title>
  </head>
  <body>
    <h1>Write an entry</h1>
    <form method="post">
      % if form.errors:
      <ul role="alert">
        % for field in form:
        %   for error in field.errors:
        <li>{{ field.label.text }}: {{ error }}</li>
        %   end
        % end
      </ul>
      % end
      % # WTForms escapes what it renders; "!" keeps it from being escaped again.
      <p>{{ !form.name.label }} {{ !form.name }}</p>
      <p>{{ !form.message.label }} {{ !form.message }}</p>
      <p><button>Send</button></p>
    </form>
  </body>
</html>
