"""The durable record of what this clinic's desks asked of Leyr. Knows no network and no screen."""
