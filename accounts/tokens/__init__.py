"""How programs sign in: with the ID token that Cognito gave a person."""
