"""What the page of a lesson shows of each kind: a module per kind, with one function `part` and a template `lms/lessons/_<kind>.html`."""
