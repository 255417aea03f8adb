"""Rules: pure functions over arrays; rival rules are siblings with one signature. They know numpy only."""
