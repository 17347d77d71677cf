"""How programs sign in: with the ID token that Cognito gave a person, or with an access token that she made for them."""
