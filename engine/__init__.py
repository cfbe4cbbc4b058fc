"""The engine of Chinagraph: from files on disk to ranked, grouped, remembered photos. No Qt, no torch."""
