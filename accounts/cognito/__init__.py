"""Cognito as a provider of django-allauth: OpenID Connect with nothing kept in a relational database."""
