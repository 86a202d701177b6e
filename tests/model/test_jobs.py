"""Jobs, and what they know of the result that they lead to."""

from __future__ import annotations

from sample_jobs import CONTRACT, SNIPPET, group_job, snippet_job


def test_a_job_of_a_snippet_is_named_after_it() -> None:
    job = snippet_job("gunicorn")
    assert (job.id, job.concept, job.framework) == ("routing/flask", "routing", "flask")
    assert (job.location, job.files, job.main) == (SNIPPET.location, SNIPPET.files, "app.py")
    assert (job.checks, job.server) == (CONTRACT.checks, "gunicorn")


def test_a_job_of_fences_is_named_after_its_page() -> None:
    job = group_job('# A\n\n```python {#one .run data-env="flask"}\na = 1\n```\n')
    assert (job.id, job.concept, job.framework) == ("notes#one", "notes", "flask")
    assert (job.location.path, job.location.line) == ("docs/notes.md", 3)
    assert (job.server, job.database) == (None, "")
    assert [check.name for check in job.checks] == ["one"]
