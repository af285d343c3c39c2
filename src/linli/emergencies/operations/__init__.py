"""The only writers of emergencies: plans, activations, help cards."""
