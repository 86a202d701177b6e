<!doctype html>
<html lang="en">
<title>Log in</title>
% if error:
<p role="alert">Wrong name or password.</p>
% end
<form method="post" action="/login">
  <input type="hidden" name="next" value="{{ next }}">
  <label>Name <input name="username" autocomplete="username" required></label>
  <label>Password <input name="password" type="password" autocomplete="current-password" required></label>
  <button>Log in</button>
</form>
