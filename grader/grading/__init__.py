"""From submissions to reports: the only place that knows judge and diagnosis together."""
