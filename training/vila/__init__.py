"""VILA (Ke et al., CVPR 2023): a tower that reads pictures and words, its rank adapter, and what it learns from."""
