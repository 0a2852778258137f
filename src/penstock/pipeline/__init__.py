"""What a pipeline is made of: the spec, the integration patterns, the normalisation plan, the writer of projects."""
