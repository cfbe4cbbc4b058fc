"""CSKD: how the student is made. A re-design in the spirit of arXiv 2307.15640, no reproduction claimed."""
