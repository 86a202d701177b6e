% rebase("base", title="Books of " + name)
<h1>Books of {{ name }}</h1>
<section aria-label="Books of {{ name }}">
  % if books:
  <ul>
    % for book in books:
    <li>{{ book }}</li>
    % end
  </ul>
  % else:
  <p>No books yet.</p>
  % end
</section>
