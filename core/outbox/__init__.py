"""Where events wait until everybody has heard them: written in the transaction of the change that they tell of."""
