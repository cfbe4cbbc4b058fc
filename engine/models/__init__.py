"""What was learned: model packs and the networks in them, run with ONNX Runtime and NumPy alone."""
