"""Access patterns of the inbox (`inbox`), of what is told to many (`errands`) and of what people follow (`subscriptions`)."""
