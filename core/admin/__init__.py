"""The Django admin over DynamoDB records: shapes for its forms and lists, stores behind them, services for its writes."""
