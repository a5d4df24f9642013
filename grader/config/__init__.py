"""The course's own settings: `config.yaml`."""
