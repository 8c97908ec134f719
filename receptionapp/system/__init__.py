"""What the program needs of the computer it runs on: folders, settings, secrets, logs. Knows no Leyr and no screen."""
